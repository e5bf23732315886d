package rollcall.console;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A text of rows, with a separator between the cells, as programs export it. A quote
 * inside a quoted cell belongs to it unless the cell can end there, because some programs
 * do not double it. A quote that is never closed is a sign like any other.
 */
final class SeparatedText {

	private final String text;

	private final char separator;

	private int at;

	/** Whether a quote was never closed: then no later one is. */
	private boolean unclosed;

	SeparatedText(String text, char separator) {
		this.text = text;
		this.separator = separator;
	}

	/** The first rows, as lists of cells. */
	List<List<String>> rows(int most) {
		List<List<String>> rows = new ArrayList<>();
		this.at = 0;
		while (this.at < this.text.length() && rows.size() < most) {
			rows.add(row());
		}
		return rows;
	}

	private List<String> row() {
		List<String> cells = new ArrayList<>();
		do {
			String quoted = quoted();
			cells.add((quoted != null) ? quoted : plain());
		}
		while (skips(this.separator));
		skips('\r');
		skips('\n');
		return cells;
	}

	private boolean skips(char sign) {
		boolean found = this.at < this.text.length() && this.text.charAt(this.at) == sign;
		this.at += found ? 1 : 0;
		return found;
	}

	private String plain() {
		int start = this.at;
		while (!ends(this.at)) {
			this.at++;
		}
		return this.text.substring(start, this.at);
	}

	/** The quoted cell that begins here, null if none does. */
	private @Nullable String quoted() {
		int start = this.at + 1;
		if (!this.text.startsWith("\"", this.at) || this.unclosed) {
			return null;
		}
		int end = this.text.indexOf('"', start);
		while (end >= 0 && !ends(end + 1)) {
			end = this.text.indexOf('"', end + (this.text.startsWith("\"", end + 1) ? 2 : 1));
		}
		if (end < 0) {
			this.unclosed = true;
			return null;
		}
		this.at = end + 1;
		return this.text.substring(start, end).replace("\"\"", "\"");
	}

	private boolean ends(int index) {
		if (index >= this.text.length()) {
			return true;
		}
		char sign = this.text.charAt(index);
		return sign == this.separator || sign == '\r' || sign == '\n';
	}

}
