package rollcall.console;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of students in a table, and the columns of the ids and of the names: found by
 * the words of the header, else by the cells.
 *
 * @param rows the rows below the header
 * @param id the column of the ids, -1 if there is none
 * @param name the column of the names, -1 if there is none; the given names if there is a
 * column of surnames
 * @param surname the column of the surnames, -1 if there is none
 */
record RosterColumns(List<List<String>> rows, int id, int name, int surname) {

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final Pattern EXPONENT = Pattern.compile("[0-9]+([.,][0-9]+)?[Ee]\\+[0-9]+");

	private static final Pattern DIGIT = Pattern.compile("[0-9]");

	/** The header may have titles above it. */
	private static final int HEADER_WITHIN = 10;

	static RosterColumns of(List<List<String>> rows, RosterWords words) {
		Set<String> known = words.headings();
		List<String> header = List.of();
		int students = 0;
		long most = 0;
		for (int i = 0; i < Math.min(rows.size(), HEADER_WITHIN); i++) {
			List<String> keys = rows.get(i).stream().map(RosterWords::key).toList();
			long count = keys.stream().filter(known::contains).count();
			if (count > most) {
				most = count;
				header = keys;
				students = i + 1;
			}
		}
		return new Search(header, rows.subList(students, rows.size())).columns(words);
	}

	/**
	 * The id in a cell, without what spreadsheets and exports put around it, and without
	 * the domain of an e-mail address.
	 */
	static String id(String cell) {
		return cell.replaceFirst("^['#]+", "").replaceFirst("(.)@.*", "$1").trim();
	}

	static boolean isId(String cell) {
		return ID.matcher(id(cell)).matches();
	}

	/** Whether a spreadsheet has replaced the digits of a long number: 4.2E+10. */
	static boolean isExponent(String cell) {
		return EXPONENT.matcher(id(cell)).matches();
	}

	/** The cell of a row, empty if the row is too short or there is no such column. */
	static String cell(List<String> row, int column) {
		return (column >= 0 && column < row.size()) ? row.get(column) : "";
	}

	/** The search in the rows below a header, which is empty if there is none. */
	private record Search(List<String> header, List<List<String>> rows) {

		RosterColumns columns(RosterWords words) {
			int id = id(words.ids());
			Predicate<List<String>> hasDigit = (row) -> DIGIT.matcher(cell(row, id)).find();
			// A header in another language has words where all other rows have digits.
			boolean isHeader = this.header.isEmpty() && id >= 0 && this.rows.size() > 1
					&& !hasDigit.test(this.rows.get(0)) && this.rows.stream().skip(1).allMatch(hasDigit);
			Search students = isHeader ? new Search(List.of(), this.rows.subList(1, this.rows.size())) : this;
			return students.columns(id, words);
		}

		private RosterColumns columns(int id, RosterWords words) {
			int surname = byWords(words.surnames(), (column) -> column != id);
			List<String> names = (surname < 0) ? concat(words.fullNames(), words.givenNames())
					: concat(words.givenNames(), words.fullNames());
			int name = byWords(names, (column) -> column != id && column != surname);
			return new RosterColumns(this.rows, id, (name < 0 && surname < 0) ? nameByCells(id) : name, surname);
		}

		/**
		 * The column with the first of the words, of those whose cells are ids in at
		 * least half of the rows.
		 */
		private int id(List<String> words) {
			int column = byWords(words, (candidate) -> has(candidate, Search::couldBeId, 50));
			return (column >= 0) ? column : idByCells();
		}

		private int idByCells() {
			List<Integer> columns = all().filter((column) -> has(column, Search::couldBeId, 80) && isUnique(column, 90))
				.boxed()
				.toList();
			return columns.stream()
				.filter((column) -> has(column, DIGIT.asPredicate(), 50) && !counts(column))
				.findFirst()
				.orElseGet(() -> first(columns));
		}

		private int nameByCells(int id) {
			List<Integer> columns = all()
				.filter((column) -> column != id && isUnique(column, 50)
						&& has(column, (cell) -> cell.matches(".*\\p{L}.*") && !cell.matches(".*[0-9@].*"), 80))
				.boxed()
				.toList();
			return columns.stream()
				.filter((column) -> has(column, (cell) -> cell.matches(".*[ ,].*"), 50))
				.findFirst()
				.orElseGet(() -> first(columns));
		}

		private IntStream all() {
			return IntStream.range(0, this.rows.stream().mapToInt(List::size).max().orElse(0));
		}

		private int byWords(List<String> words, IntPredicate accepts) {
			for (String word : words) {
				for (int column = 0; column < this.header.size(); column++) {
					if (this.header.get(column).equals(word) && accepts.test(column)) {
						return column;
					}
				}
			}
			return -1;
		}

		private boolean has(int column, Predicate<String> is, int percent) {
			long count = this.rows.stream().filter((row) -> is.test(cell(row, column))).count();
			return count > 0 && count * 100 >= (long) this.rows.size() * percent;
		}

		/**
		 * Whether at least this share of the cells differ. Numbers with an exponent were
		 * different before.
		 */
		private boolean isUnique(int column, int percent) {
			List<String> cells = this.rows.stream()
				.map((row) -> cell(row, column))
				.filter((cell) -> !cell.isEmpty())
				.toList();
			Set<String> others = new HashSet<>(cells);
			others.removeIf(RosterColumns::isExponent);
			long different = others.size() + cells.stream().filter(RosterColumns::isExponent).count();
			return different * 100 >= (long) cells.size() * percent;
		}

		/** Whether the column only numbers the rows: 1, 2, 3. */
		private boolean counts(int column) {
			return IntStream.range(0, this.rows.size())
				.allMatch((index) -> cell(this.rows.get(index), column).equals(String.valueOf(index + 1)));
		}

		private static boolean couldBeId(String cell) {
			return isId(cell) || isExponent(cell);
		}

		private static int first(List<Integer> columns) {
			return columns.isEmpty() ? -1 : columns.get(0);
		}

		private static List<String> concat(List<String> first, List<String> then) {
			return Stream.concat(first.stream(), then.stream()).toList();
		}

	}

}
