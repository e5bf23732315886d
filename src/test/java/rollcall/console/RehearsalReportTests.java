package rollcall.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rollcall.console.TestStudents.Answer;
import rollcall.console.TestStudents.Answers;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.Sheet;

import static org.assertj.core.api.Assertions.assertThat;

/** The last line of a rehearsal, and its exit code. */
class RehearsalReportTests {

	private static final Instant NOW = Instant.parse("2026-03-08T00:05:09.123Z");

	private static final long MILLIS = 1_000_000;

	private final ScriptedTerminal terminal = ScriptedTerminal.pipes();

	private List<Answer> answers = IntStream.rangeClosed(1, 100)
		.mapToObj((number) -> recorded("test-" + number, number * MILLIS))
		.toList();

	@Test
	void aServerThatRecordsAllInTimeCanTakeTheClass() {
		assertThat(report(listed(), 0, 0))
			.isEqualTo("100 students in 60 s: all recorded, 95 of 100 answers within 95 ms, "
					+ "the slowest 100 ms. This server can take this class. (0)");
		assertThat(this.terminal.printed().toString()).startsWith("Recorded: 100 of 100\n"
				+ "On the dashboard: 100 of 100, 95 of 100 within 7 ms after the answer, the slowest 7 ms\n100 students");
	}

	@Test
	void slowAnswersAreTold() {
		replace(100, recorded("test-100", 5_001 * MILLIS));
		assertThat(report(listed(), 0, 0)).contains("within 95 ms, the slowest 5001 ms. This server is too slow")
			.endsWith("(1)");
		IntStream.rangeClosed(90, 99).forEach((number) -> replace(number, recorded("test-" + number, 1_001 * MILLIS)));
		replace(100, recorded("test-100", 1_001 * MILLIS));
		assertThat(report(listed(), 0, 0)).contains("within 1001 ms, the slowest 1001 ms. This server is too slow")
			.endsWith("(1)");
	}

	@Test
	void aSlowDashboardIsTold() {
		Map<String, Long> shown = shown((answer) -> answer.answered() + 5_001 * MILLIS);
		assertThat(report(listed(), shown, 0, 0)).contains("This server is too slow").endsWith("(1)");
		shown.remove("test-1");
		assertThat(report(listed(), shown, 0, 0)).contains("the dashboard did not show 1 of them.").endsWith("(1)");
	}

	@Test
	void aListThatDiffersFromTheAnswersIsTold() {
		assertThat(report(listed().subList(1, 100), 0, 0)).isEqualTo(
				"100 students in 60 s: for 1 of them, the answer and the list differ. Do not use this server. (1)");
		assertThat(report(IntStream.rangeClosed(0, 100).mapToObj((n) -> "test-" + Math.max(1, n)).toList(), 0, 0))
			.contains("for 1 of them");
		replace(1, answer("test-1", new PresenceReceipt(0, "test-1", NOW, null, "no-open-roll"), null));
		assertThat(report(listed(), 0, 0)).contains("for 1 of them");
	}

	@Test
	void studentsWhoAreNotRecordedAreToldWithTheReasons() {
		replace(1, answer("test-1", new PresenceReceipt(0, "test-1", NOW, null, "roll-full"), null));
		replace(2, answer("test-2", null, new Failure.Passing("server.busy", "http://localhost:1", 503)));
		assertThat(report(listed().subList(1, 100), 7, 3))
			.isEqualTo("100 students in 60 s: 2 were not recorded. This server cannot take this class. (1)");
		assertThat(this.terminal.printed().toString()).contains("The list of class 42 is full.", "(status 503)",
				"the server is busy: 7.", "did not come: 3.");
	}

	private void replace(int number, Answer answer) {
		this.answers = this.answers.stream()
			.map((each) -> each.studentId().equals("test-" + number) ? answer : each)
			.toList();
	}

	private List<String> listed() {
		return this.answers.stream().map(Answer::studentId).toList();
	}

	private Map<String, Long> shown(Function<Answer, Long> time) {
		return this.answers.stream().collect(Collectors.toMap(Answer::studentId, time));
	}

	private String report(List<String> listed, int busy, int lost) {
		return report(listed, shown((answer) -> answer.answered() + 7 * MILLIS), busy, lost);
	}

	/** The last line, and the exit code. */
	private String report(List<String> listed, Map<String, Long> shown, int busy, int lost) {
		Sheet sheet = new Sheet(42, new UUID(0, 1), NOW, NOW, null, listed, List.of(), null);
		int exitCode = new RehearsalReport(this.terminal.context(), Duration.ofSeconds(60),
				new Rehearsal.Outcome(new Answers(100, this.answers, busy, lost), sheet, shown))
			.print()
			.value();
		List<String> lines = this.terminal.printed().toString().lines().toList();
		return lines.get(lines.size() - 1) + " (" + exitCode + ")";
	}

	private static Answer recorded(String studentId, long nanos) {
		return new Answer(studentId, new PresenceReceipt(42, studentId, NOW, null, null), null, 0, nanos);
	}

	private static Answer answer(String studentId, @Nullable PresenceReceipt receipt, @Nullable Failure failure) {
		return new Answer(studentId, receipt, failure, 0, MILLIS);
	}

}
