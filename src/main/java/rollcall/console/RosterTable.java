package rollcall.console;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The cells of a text. The separator is the one that gives the same number of cells in
 * most lines.
 *
 * @param separator the sign between the cells; empty if there is one column
 * @param rows the lines with a cell that is not empty
 */
record RosterTable(String separator, List<List<String>> rows) {

	/**
	 * In this order if two separators fit equally well: names contain commas, and hardly
	 * ever the others.
	 */
	private static final String SEPARATORS = "\t;|,";

	private static final int MOST_ROWS = 10_000;

	private static final int MOST_COLUMNS = 200;

	private static final int LOOK_AT = 200;

	private static final Pattern SPACE = Pattern.compile("[\\p{IsWhite_Space}\\p{Cc}\uFEFF]+");

	/** A formula such as ="042", which makes spreadsheets keep zeros. */
	private static final Pattern QUOTED = Pattern.compile("^=?\"(.*)\"$");

	static RosterTable of(String text) {
		Fit best = SEPARATORS.chars()
			.mapToObj((separator) -> Fit.of(text, (char) separator))
			.reduce((one, other) -> other.isBetterThan(one) ? other : one)
			.orElseThrow();
		List<List<String>> rows = read(text, best.separator, Integer.MAX_VALUE);
		if (rows.isEmpty()) {
			throw new RosterRefusal("empty");
		}
		if (rows.size() > MOST_ROWS) {
			throw new RosterRefusal("tooMany");
		}
		return new RosterTable((best.width > 1) ? String.valueOf(best.separator) : "", rows);
	}

	private static List<List<String>> read(String text, char separator, int most) {
		return new SeparatedText(text, separator).rows(most)
			.stream()
			.map((row) -> row.stream().limit(MOST_COLUMNS).map(RosterTable::clean).toList())
			.filter((row) -> row.stream().anyMatch((cell) -> !cell.isEmpty()))
			.toList();
	}

	/** One line of text. */
	private static String clean(String cell) {
		String line = SPACE.matcher(cell).replaceAll(" ").trim();
		return QUOTED.matcher(line).replaceFirst("$1").trim();
	}

	/**
	 * How well a separator fits.
	 *
	 * @param separator the separator
	 * @param width the number of cells in most lines, 1 if there is no such number
	 * @param share the share of the lines with this number of cells
	 */
	private record Fit(char separator, int width, double share) {

		static Fit of(String text, char separator) {
			List<List<String>> rows = read(text, separator, LOOK_AT);
			Map<Integer, Integer> widths = new TreeMap<>(Comparator.reverseOrder());
			rows.forEach((row) -> widths.merge(row.size(), 1, Integer::sum));
			widths.remove(1);
			Map.Entry<Integer, Integer> usual = widths.entrySet()
				.stream()
				.reduce(Map.entry(1, 0), (one, other) -> (other.getValue() > one.getValue()) ? other : one);
			double share = usual.getValue() / (double) Math.max(1, rows.size());
			return (share > 0.5) ? new Fit(separator, usual.getKey(), share) : new Fit(separator, 1, 0);
		}

		boolean isBetterThan(Fit other) {
			return this.share > other.share || (this.share == other.share && this.width > other.width);
		}

	}

}
