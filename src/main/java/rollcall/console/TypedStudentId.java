package rollcall.console;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.StudentId;

/** Reads typed student ids. */
final class TypedStudentId {

	private TypedStudentId() {
	}

	/**
	 * Reads a student id.
	 * @throws Failure if the text is not one
	 */
	static String parse(String typed) {
		try {
			return StudentId.valueOf(typed).value();
		}
		catch (IllegalArgumentException ex) {
			throw new Failure(ExitCode.USAGE, "student.invalid", typed);
		}
	}

}
