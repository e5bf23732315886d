package rollcall.pages;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import rollcall.roll.PresenceReceipt;

/**
 * The answer to a student as the page shows it. A browser without JavaScript keeps it in
 * a cookie, so that a reload sends nothing.
 *
 * @param studentId the student's id
 * @param at when the presence was recorded or refused
 * @param reason code of the reason for a refusal, null if recorded
 * @param earlier whether the presence was recorded before this request
 * @param late whether the student is late
 */
record StudentReceipt(String studentId, Instant at, @Nullable String reason, boolean earlier, boolean late) {

	private static final Pattern COOKIE = Pattern
		.compile("([A-Za-z0-9._-]{1,64}):(\\d{1,15}):([a-z-]{0,40}):([01])([01])");

	/** The clocks of a server and of its database may differ by less than this. */
	private static final long TOLERANCE_SECONDS = 2;

	/**
	 * Returns the answer of the roll.
	 * @param answer the answer
	 * @param asked when the student asked
	 */
	static StudentReceipt of(PresenceReceipt answer, Instant asked) {
		boolean earlier = answer.reason() == null && answer.at().isBefore(asked.minusSeconds(TOLERANCE_SECONDS));
		return new StudentReceipt(answer.studentId(), answer.at(), answer.reason(), earlier,
				Boolean.TRUE.equals(answer.late()));
	}

	/** Reads a cookie; anything that {@link #toCookie} cannot have written is empty. */
	static Optional<StudentReceipt> ofCookie(String value) {
		Matcher cookie = COOKIE.matcher(value);
		if (!cookie.matches()) {
			return Optional.empty();
		}
		String reason = cookie.group(3);
		return Optional.of(new StudentReceipt(cookie.group(1), Instant.ofEpochMilli(Long.parseLong(cookie.group(2))),
				reason.isEmpty() ? null : reason, cookie.group(4).equals("1"), cookie.group(5).equals("1")));
	}

	String toCookie() {
		return this.studentId + ":" + this.at.toEpochMilli() + ":" + ((this.reason != null) ? this.reason : "") + ":"
				+ (this.earlier ? "1" : "0") + (this.late ? "1" : "0");
	}

}
