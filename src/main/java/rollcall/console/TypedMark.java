package rollcall.console;

import java.util.Map;
import java.util.Optional;

import rollcall.console.Failure.ExitCode;

/**
 * A status that the teacher gives a student.
 *
 * @param studentId the student
 * @param status the code of the status
 */
record TypedMark(String studentId, String status) {

	private static final Map<String, String> SIGNS = Map.of("+", "present", "-", "absent");

	/**
	 * Reads a line such as {@code +042}, {@code -042} or {@code late 042}.
	 * @return the mark; empty if the line is not about a status
	 * @throws Failure if the line has a sign or a status, but no student id
	 */
	static Optional<TypedMark> read(String line, TerminalContext context) {
		String sign = line.isEmpty() ? "" : line.substring(0, 1);
		if (SIGNS.containsKey(sign)) {
			return Optional.of(new TypedMark(studentId(sign, line.substring(1)), SIGNS.get(sign)));
		}
		String[] words = line.split("\\s+", 2);
		return context.status(words[0])
			.map((status) -> new TypedMark(studentId(words[0], (words.length > 1) ? words[1] : ""), status));
	}

	private static String studentId(String before, String typed) {
		if (typed.isBlank()) {
			throw new Failure(ExitCode.USAGE, "status.alone", before);
		}
		return TypedStudentId.parse(typed);
	}

	/** The line that can be typed again. */
	@Override
	public String toString() {
		return this.status + " " + this.studentId;
	}

}
