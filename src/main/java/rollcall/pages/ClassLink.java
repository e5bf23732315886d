package rollcall.pages;

import java.util.Optional;

import rollcall.pages.StudentForm.Error;
import rollcall.roll.ClassId;
import rollcall.roll.RollCode;

/**
 * The link of a class, with or without a code, as people and phones write it.
 *
 * @param classId the class
 * @param code the letters and digits after the class, empty if there are none
 */
record ClassLink(ClassId classId, String code) {

	/** The path of the page; empty if the link has something that is no code. */
	Optional<String> path() {
		String path = "/" + this.classId.value();
		if (this.code.isEmpty()) {
			return Optional.of(path);
		}
		RollCode read = RollCode.parse(this.code);
		return read.isReadable() ? Optional.of(path + "/" + read.letters()) : Optional.empty();
	}

	/** The form that asks for the code again. */
	StudentForm form() {
		return StudentForm.linked(String.valueOf(this.classId.value()), this.code, "").with(Error.CODE_WRONG);
	}

}
