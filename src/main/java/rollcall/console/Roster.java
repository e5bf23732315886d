package rollcall.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import rollcall.console.Failure.ExitCode;

/**
 * The students of a class as a file lists them. Only this console reads the file: nothing
 * of it is sent.
 */
final class Roster {

	private static final int LARGEST = 2_000_000;

	private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=[0-9]+$)");

	private static final Pattern LAST_AND_FIRST = Pattern.compile("([^,]+), *(.+)");

	private final List<Student> students;

	private final Source source;

	private final Map<String, Student> exact = new HashMap<>();

	private final Map<String, Optional<Student>> anyCase;

	private final Map<String, Optional<Student>> withoutZeros;

	private Roster(List<Student> students, Source source) {
		this.students = students;
		this.source = source;
		students.forEach((student) -> this.exact.put(student.id, student));
		this.anyCase = unique(Roster::lower);
		this.withoutZeros = unique(Roster::number);
	}

	/**
	 * Reads a file, as spreadsheets and learning platforms export it.
	 * @throws Failure if it cannot be read, or is no list of students
	 */
	static Roster read(Path file) {
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = in.readNBytes(LARGEST + 1);
			if (bytes.length > LARGEST) {
				throw new RosterRefusal("tooLarge");
			}
			return of(bytes);
		}
		catch (IOException ex) {
			throw new Failure(ExitCode.USAGE, "roster.unreadable", file);
		}
		catch (RosterRefusal ex) {
			throw ex.of(file);
		}
	}

	private static Roster of(byte[] bytes) {
		RosterWords words = RosterWords.load();
		RosterText text = RosterText.of(bytes);
		RosterTable table = RosterTable.of(text.text());
		RosterColumns columns = RosterColumns.of(table.rows(), words);
		Map<String, Student> students = new LinkedHashMap<>();
		int withoutId = 0;
		int repeated = 0;
		for (List<String> row : columns.rows()) {
			String cell = RosterColumns.cell(row, columns.id());
			String name = RosterColumns.cell(row, columns.name());
			// Some exports have a row of points, and one of a student who does not exist.
			if (words.notStudents().contains(RosterWords.key(name))) {
				continue;
			}
			if (RosterColumns.isExponent(cell)) {
				throw new RosterRefusal("exponent", RosterColumns.id(cell));
			}
			if (!RosterColumns.isId(cell)) {
				withoutId++;
			}
			else if (students.putIfAbsent(RosterColumns.id(cell),
					student(RosterColumns.id(cell), name, RosterColumns.cell(row, columns.surname()))) != null) {
				repeated++;
			}
		}
		if (students.isEmpty()) {
			throw new RosterRefusal("noIds");
		}
		return new Roster(List.copyOf(students.values()),
				new Source(text.encoding(), table.separator(), columns.id(), withoutId, repeated));
	}

	private static Student student(String id, String name, String surname) {
		if (!surname.isEmpty()) {
			return new Student(id, (name + " " + surname).trim(), surname);
		}
		var parts = LAST_AND_FIRST.matcher(name);
		return parts.matches() ? new Student(id, parts.group(2) + " " + parts.group(1), parts.group(1))
				: new Student(id, name, "");
	}

	/** The students in the file's order. */
	List<Student> students() {
		return this.students;
	}

	Source source() {
		return this.source;
	}

	/**
	 * Finds the student with an id: the same text first, then in any case, then without
	 * the leading zeros that spreadsheets remove. An id that matches two students finds
	 * none of them.
	 */
	Optional<Student> match(String studentId) {
		return Optional.ofNullable(this.exact.get(studentId))
			.or(() -> this.anyCase.getOrDefault(lower(studentId), Optional.empty()))
			.or(() -> this.withoutZeros.getOrDefault(number(studentId), Optional.empty()));
	}

	private Map<String, Optional<Student>> unique(Function<String, String> form) {
		Map<String, Optional<Student>> found = new HashMap<>();
		this.students.forEach((student) -> found.merge(form.apply(student.id), Optional.of(student),
				(one, other) -> Optional.empty()));
		return found;
	}

	private static String lower(String id) {
		return id.toLowerCase(Locale.ROOT);
	}

	private static String number(String id) {
		return LEADING_ZEROS.matcher(lower(id)).replaceFirst("");
	}

	/**
	 * A student of the class.
	 *
	 * @param id the student id as in the file
	 * @param name the full name; empty in a list of ids only
	 * @param surname the surname; empty if the file does not tell it apart
	 */
	record Student(String id, String name, String surname) {
	}

	/**
	 * How the file was read.
	 *
	 * @param encoding the encoding of its text
	 * @param separator the sign between the cells; empty if there is one column
	 * @param idColumn the column of the ids, from 0
	 * @param withoutId how many rows without an id are left out
	 * @param repeated how many rows that repeat an id are left out
	 */
	record Source(Charset encoding, String separator, int idColumn, int withoutId, int repeated) {
	}

}
