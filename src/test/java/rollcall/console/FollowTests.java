package rollcall.console;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import rollcall.Await;
import rollcall.Http;
import rollcall.RenamedEvents;
import rollcall.roll.StartedRoll;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.messaging.support.AbstractMessageChannel;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The commands that follow a roll, against the real server, over a connection that a test
 * can cut.
 */
class FollowTests extends RelayedConsole {

	private final ScriptedTerminal pipes = ScriptedTerminal.pipes();

	private final ScriptedTerminal screen = ScriptedTerminal.screen();

	private final ScriptedTerminal plainScreen = ScriptedTerminal.plainScreen();

	private Http http;

	@BeforeEach
	void useHttp() {
		this.http = new Http(this.port);
	}

	@Test
	void watchPrintsEachArrivalOnceAndInOrderAndEndsWithTheRoll() {
		StartedRoll roll = start();
		present(1, 3);
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		this.pipes.printed().await(student(3));
		present(4, 50);
		this.pipes.printed().await(student(50));
		this.direct.end(this.id, roll.rollId());
		assertThat(watch.join()).isZero();
		assertThat(arrivals(this.pipes)).isEqualTo(students(50));
		assertThat(this.pipes.printed().toString()).contains("the roll ended on").endsWith("Present: 50\n");
	}

	@Test
	void marksAreLinesWithTheNumberOfPresentStudents() {
		StartedRoll roll = start();
		present(1, 3);
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		this.pipes.printed().await(student(3));
		// The watch shows a single reading of several changes as their newest state.
		markAndAwait(1, "absent", "removed by the teacher");
		markAndAwait(2, "late", "late, by the teacher");
		markAndAwait(5, "excused", "excused by the teacher");
		markAndAwait(1, "present", "present, by the teacher");
		markAndAwait(4, "present", "present, by the teacher");
		this.direct.end(this.id, roll.rollId());
		assertThat(watch.join()).isZero();
		assertThat(lines(this.pipes)).containsExactly("1 042190001", "2 042190002", "3 042190003",
				"2 042190001  removed by the teacher", "2 042190002  late, by the teacher",
				"2 042190005  excused by the teacher", "3 042190001  present, by the teacher",
				"4 042190004  present, by the teacher");
		assertThat(this.pipes.printed().toString()).endsWith("Present: 4\n");
	}

	@Test
	void marksAndTimesThatWereMissedArePrintedAfterAReconnect() throws IOException {
		StartedRoll roll = start();
		present(1, 3);
		mark(3, "absent");
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		this.pipes.printed().await("removed by the teacher");
		this.relay.cut();
		this.pipes.warned().await("Connection lost");
		mark(1, "absent");
		mark(2, "late");
		mark(3, "present");
		mark(4, "late");
		this.http.setTimes(this.id, "{\"lateAfter\": \"PT23H\", \"endsAfter\": \"PT24H\"}");
		this.relay.mend();
		this.pipes.warned().await("Connected again");
		present(5, 5);
		this.http.setTimes(this.id, "{\"lateAfter\": null, \"endsAfter\": null}");
		this.pipes.printed().await("No deadline");
		this.direct.end(this.id, roll.rollId());
		assertThat(watch.join()).isZero();
		assertThat(lines(this.pipes)).containsExactly("1 042190001", "2 042190002",
				"2 042190003  removed by the teacher", "1 042190001  removed by the teacher",
				"1 042190002  late, by the teacher", "2 042190003  present, by the teacher",
				"3 042190004  late, by the teacher", "4 042190005");
		assertThat(this.pipes.printed().toString()).containsSubsequence("Late from: ", "Ends at: ",
				"No time for late students", "No deadline", "Present: 4\n");
	}

	/** A newer server may have events that this client does not know. */
	@Test
	void aChangeOfAnUnknownTypeIsRead(@Autowired @Qualifier("clientOutboundChannel") AbstractMessageChannel outbound) {
		StartedRoll roll = start();
		present(1, 2);
		RenamedEvents renamed = new RenamedEvents("absence");
		outbound.addInterceptor(renamed);
		try {
			CompletableFuture<Integer> watch = begin(this.pipes, "watch");
			this.pipes.printed().await(student(2));
			Await.until("the roll is read after the receipt", () -> this.relay.reads() == 2);
			present(3, 3);
			this.pipes.printed().await(student(3));
			markAndAwait(1, "absent", "removed by the teacher");
			present(4, 4);
			this.pipes.printed().await(student(4));
			assertThat(this.relay.reads()).isEqualTo(3);
			this.direct.end(this.id, roll.rollId());
			assertThat(watch.join()).isZero();
		}
		finally {
			outbound.removeInterceptor(renamed);
		}
	}

	@Test
	void followingSendsNoRequestToEnd() throws IOException {
		StartedRoll roll = start();
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.type("");
		present(1, 1);
		this.pipes.printed().await(student(1));
		this.screen.printed().await(student(1));
		this.relay.cut();
		present(2, 3);
		this.direct.end(this.id, roll.rollId());
		this.relay.mend();
		assertThat(watch.join()).isZero();
		assertThat(call.join()).isZero();
		assertThat(arrivals(this.pipes)).isEqualTo(students(3));
		assertThat(this.screen.printed().toString()).endsWith("\n" + student(3) + "\nPresent: 3\n");
		assertThat(this.relay.ends()).isZero();
	}

	@Test
	void watchPrintsMissedArrivalsAfterAReconnect() throws IOException {
		StartedRoll roll = start();
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		present(1, 1);
		this.pipes.printed().await(student(1));
		this.relay.cut();
		present(2, 20);
		this.pipes.warned().await("Connection lost");
		this.relay.mend();
		this.pipes.warned().await("Connected again");
		present(21, 25);
		this.pipes.printed().await(student(25));
		this.direct.end(this.id, roll.rollId());
		assertThat(watch.join()).isZero();
		assertThat(arrivals(this.pipes)).isEqualTo(students(25));
	}

	@Test
	void allArrivalsArePrintedIfTheRollEndsDuringADisconnect() throws IOException {
		StartedRoll roll = start();
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		present(1, 1);
		this.pipes.printed().await(student(1));
		this.relay.cut();
		present(2, 5);
		this.direct.end(this.id, roll.rollId());
		start();
		this.relay.mend();
		assertThat(watch.join()).isZero();
		assertThat(arrivals(this.pipes)).isEqualTo(students(5));
		assertThat(this.pipes.printed().toString()).contains("the roll ended on");
		assertThat(this.direct.openRoll(this.id)).as("the next roll of the class").isPresent();
	}

	@Test
	void enterAsksAndYesEndsTheRollAndPrintsTheSheet() {
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.printed().await("Enter ends the roll");
		present(1, 2);
		this.screen.printed().await("Present: 2 | Enter ends");
		assertThat(this.screen.printed().toString()).as("a narrow terminal cuts the status line")
			.contains(
					"\u001b[?7l\u001b[1A\r\u001b[2K\u001b[1mPresent: 2 | Enter ends the roll | ? = help\u001b[0m\u001b[1B\u001b[?7h");
		this.screen.type("");
		this.screen.printed().await("End the roll of class " + this.classId + "?");
		assertThat(this.direct.openRoll(this.id)).as("before the answer").isPresent();
		this.screen.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).contains("the roll opened on")
			.contains("\u2580")
			.contains("/" + this.classId + "\n")
			.endsWith(student(1) + "\n" + student(2) + "\nPresent: 2\n");
		assertThat(this.direct.openRoll(this.id)).isEmpty();
	}

	@Test
	void noKeepsTheRollOpenAndIsNotRecordedAsAnId() {
		CompletableFuture<Integer> call = begin(this.screen, "call", "--lang", "pt-BR");
		this.screen.pressControlC();
		this.screen.printed().await("deixar = sair");
		this.screen.type("Não");
		this.screen.type(student(1));
		this.screen.printed().await("Presentes: 1 | Enter");
		this.screen.pressControlC();
		this.screen.type("sim");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).endsWith("\n" + student(1) + "\nPresentes: 1\n");
	}

	@Test
	void controlCAsksAndEnterKeepsTheRollOpen() {
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.pressControlC();
		this.screen.printed().await("yes = end it, leave = quit");
		this.screen.type("");
		present(1, 1);
		this.screen.printed().await("Present: 1 | Enter ends");
		this.screen.pressControlC();
		this.screen.type("y");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).endsWith("\n" + student(1) + "\nPresent: 1\n");
	}

	@Test
	void controlCTwiceLeavesTheRollOpen() {
		CompletableFuture<Integer> call = begin(this.plainScreen, "call");
		this.plainScreen.pressControlC();
		this.plainScreen.printed().await("End the roll of class");
		this.plainScreen.pressControlC();
		assertThat(call.join()).isEqualTo(130);
		assertThat(this.plainScreen.warned().toString()).contains("stays open");
		assertThat(this.direct.openRoll(this.id)).isPresent();
	}

	@Test
	void anOpenRollIsContinuedAfterAQuestion() {
		start();
		present(1, 1);
		this.plainScreen.type("n");
		assertThat(this.plainScreen.run("teacher", "call", this.classId, "--server", this.relay.url())).isEqualTo(1);
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.type("");
		this.screen.printed().await("Present: 1 | Enter ends");
		this.screen.type("");
		this.screen.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).endsWith("\n" + student(1) + "\nPresent: 1\n");
	}

	@Test
	void theSheetIsPrintedIfTheRollIsEndedElsewhere() {
		CompletableFuture<Integer> call = begin(this.pipes, "call");
		this.pipes.printed().await("Enter ends the roll");
		present(1, 1);
		this.pipes.printed().await(student(1));
		end();
		assertThat(call.join()).isZero();
		assertThat(this.pipes.printed().toString()).endsWith("\n" + student(1) + "\nPresent: 1\n");
	}

	@Test
	void enterCanBeRepeatedAfterADisconnect() throws IOException {
		CompletableFuture<Integer> call = begin(this.plainScreen, "call");
		this.plainScreen.printed().await("Enter ends the roll");
		this.relay.cut();
		this.plainScreen.type("");
		this.plainScreen.type("yes");
		this.plainScreen.printed().await("No server at");
		this.relay.mend();
		this.plainScreen.type("");
		this.plainScreen.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.plainScreen.printed().toString()).endsWith("Present: 0\n");
	}

	@Test
	void pipeGetsPlainText() {
		CompletableFuture<Integer> call = begin(this.pipes, "call");
		this.pipes.printed().await("Enter ends the roll");
		present(1, 1);
		this.pipes.printed().await(student(1));
		this.pipes.type("");
		this.pipes.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.pipes.printed().toString()).doesNotContain("\u001b", "\r", "\u2580");
	}

	@ParameterizedTest
	@ValueSource(strings = { "watch", "call" })
	void nobodyFollowsARollWhoseChangesCannotBePrinted(String command) {
		start();
		ScriptedTerminal terminal = ScriptedTerminal.fullDisk();
		assertThat(begin(terminal, command).join()).isEqualTo(5);
		assertThat(terminal.warned().toString()).startsWith("The output could not be written")
			.endsWith("The roll of class " + this.id + " stays open.\n");
		assertThat(this.direct.openRoll(this.id)).isPresent();
	}

	@Test
	void endIsRepeatedIfItsAnswerIsLost() {
		start();
		present(1, 2);
		this.relay.loseAnswersToEnd(2);
		assertThat(this.pipes.run("teacher", "end", this.classId, "--server", this.relay.url())).isZero();
		assertThat(this.pipes.printed().toString()).endsWith(student(1) + "\n" + student(2) + "\nPresent: 2\n");
		assertThat(this.relay.ends()).isGreaterThan(2);
	}

	private StartedRoll start() {
		return this.direct.start(this.id, "{}").orElseThrow();
	}

	private void present(int from, int to) {
		IntStream.rangeClosed(from, to).forEach((number) -> this.direct.answer(this.id, student(number), null));
	}

	private void markAndAwait(int number, String status, String line) {
		mark(number, status);
		this.pipes.printed().await(student(number) + "  " + line + "\n");
	}

	private void mark(int number, String status) {
		assertThat(this.http.mark(this.id, student(number), status).status()).isEqualTo(200);
	}

	private static String student(int number) {
		return "04219%04d".formatted(number);
	}

	private static List<String> students(int count) {
		return IntStream.rangeClosed(1, count).mapToObj(FollowTests::student).toList();
	}

	/** The ids of the printed arrivals. */
	private static List<String> arrivals(ScriptedTerminal terminal) {
		return lines(terminal).stream().map((line) -> line.replaceFirst("^\\d+ ", "")).toList();
	}

	/** The lines of students, without their times. */
	private static List<String> lines(ScriptedTerminal terminal) {
		return terminal.printed()
			.toString()
			.lines()
			.filter((line) -> line.matches(" *\\d+  \\d\\d:\\d\\d:\\d\\d  .*"))
			.map((line) -> line.strip().replaceFirst("  \\S+  ", " "))
			.toList();
	}

}
