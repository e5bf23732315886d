package rollcall.console;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person sees on a screen, also of what is typed meanwhile. */
class TerminalTests {

	private static final int ROWS = 8;

	private static final int COLUMNS = 20;

	private final Screen screen = new Screen(ROWS, COLUMNS);

	private final ScreenTerminal terminal = new ScreenTerminal(this.screen);

	/** The number of earlier lines decides whether the screen scrolls. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 4, 5, 6, 7, 20 })
	void typedTextStaysWhileLinesAndRowsChange(int earlier) {
		IntStream.range(0, earlier).forEach((i) -> this.terminal.print("earlier " + i));
		this.terminal.status("Present: 0");
		type("late 04");
		this.terminal.print("arrival 1");
		this.terminal.panel(List.of("code 1", "next one in 9 s"));
		this.terminal.status("Present: 1");
		type("2");
		this.terminal.warn("a warning");
		this.terminal.panel(List.of("code 1", "next one in 8 s"));
		this.terminal.print("arrival 2");
		assertThat(lines(earlier)).containsExactly("arrival 1", "a warning", "arrival 2", "code 1", "next one in 8 s",
				"Present: 1", "late 042");
		assertThat(this.screen.column()).isEqualTo("late 042".length());
		this.terminal.panel(List.of());
		this.terminal.status("");
		assertThat(lines(earlier)).containsExactly("arrival 1", "a warning", "arrival 2", "late 042");
	}

	@Test
	void aTypedLineIsErasedAfterEnter() {
		IntStream.range(0, ROWS).forEach((i) -> this.terminal.print("earlier " + i));
		this.terminal.status("Present: 0");
		type("late 042\n");
		this.terminal.eraseTyped();
		this.terminal.print("042  late");
		type("-0");
		assertThat(lines(ROWS)).containsExactly("042  late", "Present: 0", "-0");
	}

	@Test
	void aLongLineGetsAllRowsThatItNeeds() {
		this.terminal.status("Present: 0");
		type("042");
		this.terminal.print("x".repeat(COLUMNS) + "\n" + "\u001b[31m" + "y".repeat(COLUMNS + 1) + "\u001b[0m");
		this.terminal.warn("z".repeat(COLUMNS));
		assertThat(this.screen.lines()).containsExactly("x".repeat(COLUMNS), "y".repeat(COLUMNS), "y",
				"z".repeat(COLUMNS), "Present: 0", "042");
	}

	@Test
	void aLongStatusIsCutAtTheEdge() {
		this.terminal.panel(List.of("BCD FGH, and " + "x".repeat(COLUMNS)));
		this.terminal.status("Present: " + "1".repeat(COLUMNS));
		assertThat(this.screen.lines()).hasSize(2).allMatch((line) -> line.length() == COLUMNS);
	}

	@Test
	void theRowsStartAgainIfTheScreenHasBecomeTooSmallForThem() {
		this.terminal.panel(List.of("1", "2", "3", "4", "5"));
		this.terminal.status("Present: 0");
		this.screen.shrink(4);
		this.terminal.resize(4);
		this.terminal.panel(List.of("code"));
		type("04");
		this.terminal.print("arrival");
		type("2");
		assertThat(this.screen.lines()).endsWith("arrival", "code", "Present: 0", "042");
	}

	@ParameterizedTest
	@CsvSource({ "'24 100\n', 24, 100", "'0 0\n', 24, 80", "'', 24, 80", "stty: error, 24, 80" })
	void theSizeIsReadOrTheUsualOne(String answer, int rows, int columns) {
		assertThat(TerminalSize.parse(answer)).isEqualTo(new TerminalSize(rows, columns));
	}

	private List<String> lines(int earlier) {
		List<String> all = this.screen.lines();
		assertThat(all.subList(0, earlier))
			.isEqualTo(IntStream.range(0, earlier).mapToObj((i) -> "earlier " + i).toList());
		return all.subList(earlier, all.size());
	}

	/** The system shows what a person types at the place of the cursor. */
	private void type(String text) {
		this.screen.write(text.toCharArray(), 0, text.length());
	}

	/** A terminal with this screen for results and messages. */
	private static final class ScreenTerminal extends Terminal {

		private int rows = ROWS;

		ScreenTerminal(Screen screen) {
			super(new PrintWriter(screen, true), new PrintWriter(screen, true), true, true);
		}

		@Override
		TerminalSize size() {
			return new TerminalSize(this.rows, COLUMNS);
		}

		void resize(int count) {
			this.rows = count;
		}

		@Override
		@Nullable String readLine() {
			return null;
		}

		@Override
		char @Nullable [] readPassword(String prompt) {
			return null;
		}

		@Override
		void onInterrupt(Runnable action) {
			// Nobody presses Ctrl-C.
		}

	}

}
