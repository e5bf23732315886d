package rollcall.console;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids that are typed or scanned in a terminal, over a connection that a test can cut.
 */
class ScanTests extends RelayedConsole {

	private final ScriptedTerminal pipes = ScriptedTerminal.pipes();

	private final ScriptedTerminal screen = ScriptedTerminal.screen();

	@BeforeEach
	void startRoll() {
		this.direct.start(this.id, "{}");
	}

	@Test
	void twentyScansAreRecordedInOrderAndTheRollStaysOpen() {
		List<String> cards = IntStream.rangeClosed(1, 20).mapToObj((n) -> "04219%04d".formatted(n)).toList();
		CompletableFuture<Integer> scan = begin(this.pipes, "scan");
		cards.forEach(this.pipes::type);
		this.pipes.endInput();
		assertThat(scan.join()).isZero();
		assertThat(recorded()).isEqualTo(cards);
		List<String> lines = this.pipes.printed().toString().lines().toList();
		assertThat(lines).hasSize(21).endsWith("Recorded: 20, already recorded: 0, not recorded: 0");
		assertThat(lines.get(0)).matches("\\+ \\d\\d:\\d\\d:\\d\\d  042190001  recorded");
		assertThat(this.pipes.printed().toString()).doesNotContain("\u0007", "\u001b");
	}

	@Test
	void eachResultHasItsOwnMarkAndSound() {
		CompletableFuture<Integer> scan = begin(this.screen, "scan");
		this.screen.type("a-1");
		this.screen.type("");
		this.screen.type(" a-1 ");
		this.screen.type("not an id");
		this.screen.endInput();
		assertThat(scan.join()).isEqualTo(1);
		String printed = this.screen.printed().toString();
		assertThat(printed).containsPattern("\\+ \\S+  a-1  recorded")
			.containsPattern("= \\S+  a-1  already recorded at \\d\\d:\\d\\d:\\d\\d")
			.containsPattern("! \\S+  not an id  NOT RECORDED: not an id is not a student id")
			.contains("Recorded: 1, already recorded: 1, not recorded: 1");
		assertThat(printed.chars().filter((c) -> c == '\u0007')).hasSize(1 + 2 + 3);
	}

	@Test
	void aClassWithoutARollRefusesLoudly() {
		end();
		CompletableFuture<Integer> scan = begin(this.pipes, "scan");
		this.pipes.type("a-1");
		this.pipes.endInput();
		assertThat(scan.join()).isEqualTo(1);
		assertThat(this.pipes.printed().toString()).contains("! ", "NOT RECORDED: No roll of class " + this.id);
	}

	@Test
	void aScannedCodeSendsNoCommandToTheTerminal() {
		CompletableFuture<Integer> scan = begin(this.pipes, "scan", "--pattern", "[^x]+");
		this.pipes.type("\u001b[2J\u009b2J");
		this.pipes.type("x");
		this.pipes.endInput();
		assertThat(scan.join()).isEqualTo(1);
		assertThat(this.pipes.printed().toString()).contains("  ?[2J?2J  NOT RECORDED: ?[2J?2J is not a student id.");
	}

	@ParameterizedTest
	@CsvSource({ ".*, 042, 042", "^;([0-9]+)=.*, ;042191010=991, 042191010", "[0-9]{9}, ID042191010X, 042191010",
			"a(b)?c, ac, ac", "[0-9]+, none, ", "(, , " })
	void aPatternCutsTheId(String pattern, String scanned, String id) {
		if (scanned == null) {
			assertThat(this.pipes.run("teacher", "scan", "42", "--pattern", pattern)).isEqualTo(2);
			assertThat(this.pipes.warned().toString()).contains("( is not a valid pattern.");
		}
		else {
			assertThat(ScanCommand.cut(Pattern.compile(pattern), scanned).orElse(null)).isEqualTo(id);
		}
	}

	@Test
	void scansAreKeptInOrderUntilTheServerAnswers() throws IOException {
		CompletableFuture<Integer> scan = begin(this.pipes, "scan", "--pattern", "[0-9]+");
		this.pipes.type("n1");
		this.pipes.printed().await("  1  recorded");
		this.relay.cut();
		this.pipes.type("n2");
		this.pipes.type("n3");
		this.pipes.warned().await("No server at");
		try (Stub proxy = Stub.answering(this.relay.port(), "404 Not Found", "text/plain", "no such page")) {
			this.pipes.type("nothing");
			this.pipes.warned().await("another program answered (status 404)");
			proxy.request().await("POST /classes/" + this.id + "/presence");
		}
		this.relay.mend();
		this.pipes.type("n4");
		this.pipes.endInput();
		assertThat(scan.join()).isEqualTo(1);
		assertThat(recorded()).containsExactly("1", "2", "3", "4");
		assertThat(this.pipes.printed().toString()).containsPattern(
				"  3  recorded\\R! \\S+  nothing  NOT RECORDED: the pattern does not match.\\R\\+ \\S+  4  recorded");
	}

	@Test
	void idsThatWereNotSentArePrintedAndTheExitCodeSaysSo() throws IOException {
		this.relay.cut();
		CompletableFuture<Integer> scan = begin(this.pipes, "scan", "--give-up-after", "0");
		this.pipes.type("a-1");
		this.pipes.type("a-2");
		this.pipes.endInput();
		assertThat(scan.join()).isEqualTo(3);
		assertThat(this.pipes.warned().toString()).endsWith("Not sent: 2\na-1\na-2\n");
	}

	@Test
	void controlCStopsAndPrintsWhatWasNotSent() throws IOException {
		this.relay.cut();
		CompletableFuture<Integer> scan = begin(this.screen, "scan");
		this.screen.type("a-1");
		this.screen.printed().await("Not sent yet: 1");
		this.screen.pressControlC();
		assertThat(scan.join()).isEqualTo(130);
		assertThat(this.screen.warned().toString()).endsWith("Not sent: 1\na-1\n");
		assertThat(this.direct.openRoll(this.id)).isPresent();
	}

	/** An answer may be lost. The time since the first attempt must not count as age. */
	@ParameterizedTest
	@CsvSource({ "0, 0, false", "1, 0, false", "30, 30, false", "30, 29, false", "30, 0, true", "30, 20, true" })
	void anOlderPresenceIsToldFromARepeatedRequest(long ageSeconds, long attemptSeconds, boolean before) {
		Instant answered = Instant.parse("2026-03-08T00:05:09Z");
		assertThat(Recorder.isBefore(answered.minusSeconds(ageSeconds), answered, Duration.ofSeconds(attemptSeconds)))
			.isEqualTo(before);
	}

	@Test
	void callRecordsTypedIdsAndNoScanEndsTheRoll() {
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.type("y");
		this.screen.printed().await("? = help");
		List<String> cards = IntStream.rangeClosed(1, 20).mapToObj((n) -> "04219%04d".formatted(n)).toList();
		for (String card : cards) {
			this.screen.type(card);
			this.screen.type("");
		}
		this.screen.type("no id!");
		this.screen.type("?");
		this.screen.printed().await("An id: record that student.");
		this.screen.printed().await("no id! is not a student id");
		this.screen.printed().await("042190020  recorded");
		assertThat(recorded()).isEqualTo(cards);
		this.screen.pressControlC();
		this.screen.printed().await("End the roll of class");
		this.screen.type("042190001");
		this.screen.printed().await("042190001  already recorded at");
		assertThat(this.direct.openRoll(this.id)).as("after a scan instead of an answer").isPresent();
		this.screen.pressControlC();
		this.screen.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).endsWith("Present: 20\n");
	}

	@Test
	void callEndsAfterTheIdsThatWereTypedBefore() throws IOException {
		CompletableFuture<Integer> call = begin(this.pipes, "call");
		this.pipes.type("");
		this.pipes.printed().await("End the roll of class");
		this.relay.cut();
		this.pipes.type("a-1");
		this.pipes.warned().await("They are kept and sent again.");
		this.pipes.type("a-2");
		this.pipes.type("yes");
		this.pipes.printed().await((text) -> text.split("End the roll of class").length == 3);
		this.pipes.type("yes");
		assertThat(recorded()).isEmpty();
		this.relay.mend();
		assertThat(call.join()).isZero();
		assertThat(this.pipes.printed().toString()).endsWith("\na-1\na-2\nPresent: 2\n");
	}

}
