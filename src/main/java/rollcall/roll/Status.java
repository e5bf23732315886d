package rollcall.roll;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a teacher says about a student. Public, because the packages of the stores use it
 * in {@link StudentRow}.
 */
public enum Status {

	/** The student counts, also if the answer came late. */
	PRESENT,

	/** The student counts, and was late. */
	LATE,

	/** The student does not count, for a good reason. */
	EXCUSED,

	/** The student does not count. */
	ABSENT;

	/** The status in the API and in the store: {@code present} and so on. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	@JsonCreator
	static Status of(String code) {
		for (Status status : values()) {
			if (status.code().equals(code)) {
				return status;
			}
		}
		throw new IllegalArgumentException("not a status");
	}

	boolean counts() {
		return this == PRESENT || this == LATE;
	}

}
