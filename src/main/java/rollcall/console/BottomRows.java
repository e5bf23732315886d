package rollcall.console;

import java.util.List;

/**
 * The escape sequences that draw rows at the bottom of a terminal, between the printed
 * lines and the row in which a person types. They never write into that row, and they put
 * the cursor back, so what is typed meanwhile stays visible. The rows must fit the
 * screen.
 */
final class BottomRows {

	/** Moves the cursor down. At the edge of the screen, it scrolls the screen. */
	private static final String DOWN_OR_SCROLL = "\u001bD";

	private static final String SAVE_CURSOR = "\u001b7";

	private static final String RESTORE_CURSOR = "\u001b8";

	private static final String ERASE_ROW = "\r\u001b[2K";

	/** Cuts a long row at the edge, because it must not need a second one. */
	private static final String NO_WRAP = "\u001b[?7l";

	private static final String WRAP = "\u001b[?7h";

	private List<String> drawn = List.of();

	/** Whether nothing is drawn. */
	boolean isEmpty() {
		return this.drawn.isEmpty();
	}

	/**
	 * Draws these rows in place of the former ones. Equal rows are not drawn again. If
	 * the screen has become too small for the former ones, it starts in a new row.
	 * @param screenRows how many rows the screen has now
	 */
	String draw(List<String> rows, int screenRows) {
		StringBuilder drawing = new StringBuilder();
		if (this.drawn.size() >= screenRows) {
			this.drawn = List.of();
			drawing.append("\r\n");
		}
		drawing.append(resize(rows.size() - this.drawn.size()));
		boolean same = rows.size() == this.drawn.size();
		if (!rows.isEmpty() && !rows.equals(this.drawn)) {
			drawing.append(SAVE_CURSOR).append(NO_WRAP).append(move(rows.size(), 'A'));
			for (int i = 0; i < rows.size(); i++) {
				if (!same || !rows.get(i).equals(this.drawn.get(i))) {
					drawing.append(ERASE_ROW).append(rows.get(i));
				}
				drawing.append(move(1, 'B'));
			}
			drawing.append(WRAP).append(RESTORE_CURSOR);
		}
		this.drawn = List.copyOf(rows);
		return drawing.toString();
	}

	private String resize(int more) {
		if (more > 0) {
			return makeRoom(more) + RESTORE_CURSOR + move(more, 'B');
		}
		int fewer = -more;
		return (fewer == 0) ? ""
				: SAVE_CURSOR + move(this.drawn.size(), 'A') + move(fewer, 'M') + RESTORE_CURSOR + move(fewer, 'A');
	}

	/**
	 * Makes empty rows above the drawn ones, and moves the cursor to the first of them.
	 * After {@link #back}, the cursor is where it was.
	 */
	String makeRoom(int rows) {
		return DOWN_OR_SCROLL.repeat(rows) + move(rows, 'A') + SAVE_CURSOR + move(this.drawn.size(), 'A')
				+ move(rows, 'L') + "\r";
	}

	/** Moves the cursor back after {@link #makeRoom}. */
	String back(int rows) {
		return RESTORE_CURSOR + move(rows, 'B');
	}

	/** Erases the line that was typed, after the key Enter has moved the cursor. */
	String eraseTyped() {
		return move(1, 'A') + ERASE_ROW;
	}

	/** A sequence with a count: A is up, B down, L inserts rows, M removes rows. */
	private static String move(int count, char function) {
		return (count > 0) ? "\u001b[" + count + function : "";
	}

}
