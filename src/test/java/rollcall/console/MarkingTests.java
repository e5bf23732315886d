package rollcall.console;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.StartedRoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Marks and times that the teacher types, against the real server. */
class MarkingTests extends RelayedConsole {

	private final ScriptedTerminal pipes = ScriptedTerminal.pipes();

	private final ScriptedTerminal screen = ScriptedTerminal.screen();

	private StartedRoll roll;

	@BeforeEach
	void startRoll() {
		this.roll = this.direct.start(this.id, "{}").orElseThrow();
	}

	@Test
	void theMarkCommandSetsEachStatusAndMayBeRepeated() {
		this.direct.answer(this.id, "1", null);
		for (int i = 0; i < 2; i++) {
			assertThat(run("mark", this.classId, "1", "LATE")).isZero();
			assertThat(run("mark", this.classId, " 2 ", "present")).isZero();
			assertThat(run("mark", this.classId, "3", "excused")).isZero();
			assertThat(run("mark", this.classId, "4", "ausente", "--lang", "pt-BR")).isZero();
		}
		assertThat(this.pipes.printed().toString().lines().limit(4)).containsExactly(
				"Class " + this.id + ": 1  late, by the teacher", "Class " + this.id + ": 2  present, by the teacher",
				"Class " + this.id + ": 3  excused by the teacher",
				"Turma " + this.id + ": 4  retirado pelo professor");
		assertThat(statuses()).containsExactly("1 late", "2 present", "3 excused", "4 absent");
		assertThat(read().seq()).isEqualTo(5);
	}

	@Test
	void theMarkCommandIsRefusedWithoutARoll() {
		assertThat(run("mark", "9999999", "1", "late")).isEqualTo(1);
		assertThat(this.pipes.warned().toString()).isEqualTo("Class 9999999: no roll is open\n");
	}

	@ParameterizedTest
	@CsvSource({ "mark 42 1 tardy, tardy is not a status.", "mark 42 a! late, a! is not a student id.",
			"mark 42 1, Missing: STATUS", "times 42, Missing: --late or --ends.",
			"times 42 --late 25h, 25h is not a length of time", "start 42 --ends soon, soon is not a length of time",
			"call 42 --ends 0, 0 is not a length of time" })
	void aMistakeIsNamedAndNothingIsSent(String line, String message) {
		assertThat(run(line.split(" "))).isEqualTo(2);
		assertThat(this.pipes.warned().toString()).startsWith(message);
		assertThat(this.relay.connections()).isZero();
	}

	/** The roll of the lost answer has ended when the mark is repeated. */
	@Test
	void aLostMarkIsRepeatedAndNeverChangesTheNextRoll() {
		this.relay.loseAnswersToMarks(1);
		assertThat(run("mark", this.classId, "1", "present")).isZero();
		assertThat(this.relay.marks()).isEqualTo(2);
		TypedMark mark = new TypedMark("2", "present");
		this.direct.end(this.id, this.roll.rollId());
		this.direct.start(this.id, "{}");
		assertThat(this.direct.mark(this.id, this.roll.rollId(), mark)).isEmpty();
		assertThat(this.direct.change(this.id, this.roll.rollId(), "{\"endsAfter\":\"PT1H\"}")).isEmpty();
		assertThat(read().presences()).isEmpty();
		assertThat(read().endsAt()).isNull();
	}

	@Test
	void callTakesMarksAndIdsInTheOrderInWhichTheyAreTyped() throws IOException {
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.type("y");
		this.screen.printed().await("? = help");
		Await.until("the roll is followed", () -> this.relay.reads() >= 2);
		this.relay.loseAnswersToMarks(1);
		Stream.of("1", "-1", "late 2", "excused 3", "+4", "LATE  1", "late", "+", "- a b", "?")
			.forEach(this.screen::type);
		this.screen.printed().await("late ID, excused ID");
		this.screen.printed().await("- a b  NOT RECORDED: ");
		assertThat(statuses()).containsExactly("2 late", "4 present", "1 late", "3 excused");
		assertThat(this.screen.printed().toString()).contains("1  removed by the teacher",
				"late  NOT RECORDED: The student id is missing after late. Nothing was changed.",
				"+  NOT RECORDED: The student id is missing after +.");
		this.screen.pressControlC();
		this.screen.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString())
			.endsWith("Present: 3\n3  excused by the teacher\nAbsent or excused: 1\n");
	}

	@Test
	void watchTakesMarksOnly() {
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		Stream.of("+1", "", "?", "1", "end", "-2").forEach(this.pipes::type);
		this.pipes.printed().await("2  removed by the teacher");
		this.pipes.endInput();
		assertThat(statuses()).containsExactly("1 present", "2 absent");
		assertThat(this.pipes.printed().toString()).contains("The roll stays open.",
				"end  NOT RECORDED: only +ID, -ID, late ID, excused ID");
		this.direct.end(this.id, this.roll.rollId());
		assertThat(watch.join()).isZero();
	}

	@Test
	void marksAreKeptUntilTheServerAnswers() throws IOException {
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		this.pipes.type("+1");
		this.pipes.printed().await("1  present, by the teacher");
		this.relay.cut();
		this.pipes.type("late 2");
		this.pipes.type("-1");
		this.pipes.warned().await("They are kept and sent again.");
		this.relay.mend();
		this.pipes.printed().await("1  removed by the teacher");
		assertThat(statuses()).containsExactly("2 late", "1 absent");
		this.direct.end(this.id, this.roll.rollId());
		assertThat(watch.join()).isZero();
	}

	@Test
	void marksThatWereNotSentArePrintedAndTheExitCodeSaysSo() throws IOException {
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.type("");
		this.screen.printed().await("Enter ends");
		this.relay.cut();
		this.screen.type("late 2");
		this.screen.printed().await("not sent yet: 1");
		this.screen.pressControlC();
		this.screen.type("leave");
		assertThat(call.join()).isEqualTo(3);
		assertThat(this.screen.warned().toString()).contains("Not sent: 1\nlate 2\n");
	}

	@Test
	void theTimesOfAnOpenRollAreChanged() {
		assertThat(run("times", this.classId, "--late", "10", "--ends", "1h30m")).isZero();
		assertThat(read().lateAt()).isEqualTo(this.roll.startedAt().plus(Duration.ofMinutes(10)));
		assertThat(read().endsAt()).isEqualTo(this.roll.startedAt().plus(Duration.ofMinutes(90)));
		assertThat(run("times", this.classId, "--ends", "off")).isZero();
		assertThat(read().lateAt()).isNotNull();
		assertThat(read().endsAt()).isNull();
		assertThat(this.pipes.printed().toString()).containsSubsequence("Late from: ", "Ends at: ", "Late from: ",
				"No deadline\n");
		assertThat(run("times", "9999999", "--ends", "off")).isEqualTo(1);
	}

	@Test
	void aDeadlineThatHasPassedIsRefused() {
		Await.until("a second has passed", () -> Instant.now().isAfter(this.roll.startedAt().plusSeconds(1)));
		assertThat(run("times", this.classId, "--ends", "1s")).isEqualTo(1);
		assertThat(this.pipes.warned().toString()).contains("would have ended before now.");
		assertThat(read().endsAt()).isNull();
	}

	@Test
	void startTakesTimesAndEndTakesTheSheetThatWaits() {
		this.direct.end(this.id, this.roll.rollId());
		assertThat(run("start", this.classId, "--late", "1h", "--ends", "1s")).isZero();
		assertThat(this.pipes.printed().toString()).containsSubsequence("the roll opened on", "Late from: ",
				"Ends at: ");
		Await.until("the roll has ended", () -> this.direct.openRoll(this.id).isEmpty());
		UUID waiting = waiting().get(0);
		assertThat(run("sheets")).isZero();
		assertThat(this.pipes.printed().toString())
			.containsPattern("Class " + this.id + ": .*, not handed over yet, .*, id " + waiting);
		assertThat(run("end", this.classId)).isZero();
		assertThat(this.pipes.printed().toString()).endsWith("Present: 0\n");
		assertThat(waiting()).isEmpty();
	}

	@Test
	void callShowsTheDeadlineAndTakesTheSheetWhenTheRollEndsByItself() {
		this.direct.end(this.id, this.roll.rollId());
		CompletableFuture<Integer> call = begin(this.screen, "call", "--ends", "24h");
		this.screen.printed().await("Present: 0 | until ");
		this.screen.type("042");
		this.screen.printed().await("042  recorded");
		Await.until("the deadline is set", this::isDeadlineSet);
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).contains("Ends at: ").endsWith("042\nPresent: 1\n");
		assertThat(waiting()).isEmpty();
		assertThat(this.relay.ends()).isEqualTo(1);
	}

	@Test
	void callContinuesARollWithNewTimes() {
		CompletableFuture<Integer> call = begin(this.screen, "call", "--ends", "23h");
		this.screen.type("y");
		this.screen.printed().await("Present: 0 | until ");
		assertThat(read().endsAt()).isEqualTo(this.roll.startedAt().plus(Duration.ofHours(23)));
		this.direct.end(this.id, this.roll.rollId());
		assertThat(call.join()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "10, PT10M", "10m, PT10M", "90s, PT90S", "1h30m, PT90M", "24h, PT24H", "' 1s ', PT1S" })
	void aLengthOfTimeIsRead(String typed, Duration duration) {
		assertThat(TypedDuration.parse(typed)).isEqualTo(duration);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0s", "-1", "1.5m", "m", "24h1s", "1441", "10 m", "30m1h", "99999999999" })
	void anotherTextIsNoLengthOfTime(String typed) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> TypedDuration.parse(typed));
	}

	private int run(String... words) {
		return this.pipes.run(line(words));
	}

	private String[] line(String... words) {
		return Stream.of(Stream.of("teacher"), Stream.of(words), Stream.of("--server", this.relay.url()))
			.flatMap((part) -> part)
			.toArray(String[]::new);
	}

	/** Sets a deadline, unless the machine is so slow that it has passed meanwhile. */
	private boolean isDeadlineSet() {
		Duration soon = Duration.between(read().startedAt(), Instant.now()).plusSeconds(2);
		try {
			this.direct.change(this.id, read().rollId(), "{\"endsAfter\":\"PT" + soon.toSeconds() + "S\"}");
			return true;
		}
		catch (Failure ex) {
			return false;
		}
	}

	private List<UUID> waiting() {
		return this.direct.sheets().waiting(this.id);
	}

	/** Each student with the status, those who count first. */
	private List<String> statuses() {
		CurrentRoll now = read();
		List<Presence> absences = (now.absences() != null) ? now.absences() : List.of();
		return Stream.concat(now.presences().stream(), absences.stream())
			.map((row) -> row.studentId() + " " + ((row.status() != null) ? row.status() : "present"))
			.toList();
	}

}
