package rollcall.console;

import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A terminal's screen, with the control sequences of a VT102 that the console uses. Any
 * other sequence is an error.
 */
final class Screen extends Writer {

	private static final Pattern SEQUENCE = Pattern.compile("\u001b(?:\\[([0-9;?]*)([A-Za-z])|([D78]))");

	private final int columns;

	private char[][] rows;

	private final List<String> scrolledOut = new ArrayList<>();

	private int row;

	private int column;

	private int savedRow;

	private int savedColumn;

	private boolean wrapping = true;

	Screen(int rows, int columns) {
		this.columns = columns;
		this.rows = new char[rows][];
		for (int i = 0; i < rows; i++) {
			this.rows[i] = emptyRow();
		}
	}

	/** A person makes the window lower: the upper rows are scrolled out. */
	void shrink(int count) {
		int fewer = this.rows.length - count;
		for (int i = 0; i < fewer; i++) {
			this.scrolledOut.add(line(this.rows[i]));
		}
		this.rows = Arrays.copyOfRange(this.rows, fewer, this.rows.length);
		this.row -= fewer;
	}

	private char[] emptyRow() {
		char[] empty = new char[this.columns];
		Arrays.fill(empty, ' ');
		return empty;
	}

	@Override
	public void write(char[] buffer, int offset, int length) {
		String text = new String(buffer, offset, length);
		Matcher sequence = SEQUENCE.matcher(text);
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '\u001b') {
				if (!sequence.find(i) || sequence.start() != i) {
					throw new AssertionError("Unknown sequence in " + text.replace('\u001b', '^'));
				}
				control(sequence);
				i = sequence.end() - 1;
			}
			else {
				character(text.charAt(i));
			}
		}
	}

	private void character(char character) {
		if (character == '\r') {
			this.column = 0;
		}
		else if (character == '\n') {
			this.column = 0;
			index();
		}
		else {
			if (this.column == this.columns && this.wrapping) {
				this.column = 0;
				index();
			}
			this.rows[this.row][Math.min(this.column, this.columns - 1)] = character;
			this.column = Math.min(this.column + 1, this.columns);
		}
	}

	/** Moves the cursor down, or scrolls. */
	private void index() {
		if (this.row < this.rows.length - 1) {
			this.row++;
			return;
		}
		this.scrolledOut.add(line(this.rows[0]));
		remove(0);
	}

	private void remove(int at) {
		System.arraycopy(this.rows, at + 1, this.rows, at, this.rows.length - 1 - at);
		this.rows[this.rows.length - 1] = emptyRow();
	}

	private void insert(int at) {
		System.arraycopy(this.rows, at, this.rows, at + 1, this.rows.length - 1 - at);
		this.rows[at] = emptyRow();
	}

	private void control(Matcher sequence) {
		String name = (sequence.group(3) != null) ? sequence.group(3) : "[" + sequence.group(2);
		switch (name) {
			case "D" -> index();
			case "7" -> {
				this.savedRow = this.row;
				this.savedColumn = this.column;
			}
			case "8" -> {
				this.row = this.savedRow;
				this.column = this.savedColumn;
			}
			case "[A" -> this.row = Math.max(0, this.row - Integer.parseInt(sequence.group(1)));
			case "[B" -> this.row = Math.min(this.rows.length - 1, this.row + Integer.parseInt(sequence.group(1)));
			case "[L" -> repeat(sequence, () -> insert(this.row));
			case "[M" -> repeat(sequence, () -> remove(this.row));
			case "[K" -> this.rows[this.row] = emptyRow();
			case "[l" -> this.wrapping = false;
			case "[h" -> this.wrapping = true;
			case "[m" -> {
			}
			default -> throw new AssertionError("Unknown sequence: " + name);
		}
	}

	private static void repeat(Matcher sequence, Runnable step) {
		for (int i = 0; i < Integer.parseInt(sequence.group(1)); i++) {
			step.run();
		}
	}

	private static String line(char[] row) {
		return new String(row).stripTrailing();
	}

	/** The lines that were scrolled out, and those on the screen to the last text. */
	List<String> lines() {
		List<String> all = new ArrayList<>(this.scrolledOut);
		for (char[] each : this.rows) {
			all.add(line(each));
		}
		while (!all.isEmpty() && all.get(all.size() - 1).isEmpty()) {
			all.remove(all.size() - 1);
		}
		return all;
	}

	/** The column of the cursor, 0 for the first one. */
	int column() {
		return this.column;
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

}
