package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as a roll cares: a roll belongs to whoever started it. Whoever lets
 * callers in puts it into the request's attribute {@value #ATTRIBUTE}; a request without
 * it is nobody's and changes nothing.
 *
 * @param name what the roll's owner is compared with, null for who sits at this machine
 * while no teacher is configured
 * @param admin whether the rolls of others are open to this teacher too
 */
public record Teacher(@Nullable String name, boolean admin) {

	/** The attribute of a request, or of a socket, that tells its teacher. */
	public static final String ATTRIBUTE = "rollcall.teacher";

	/**
	 * The attribute that tells until when, as an {@link java.time.Instant}, that holds.
	 * Absent if it does not end by itself: Tomcat closes the sockets of an HTTP session
	 * with it.
	 */
	public static final String UNTIL_ATTRIBUTE = "rollcall.until";

	/** The one who sits at this machine while no teacher is configured. */
	public static final Teacher AT_THIS_MACHINE = new Teacher(null, true);

	/** Whether a roll with this owner is open to this teacher. */
	boolean mayUse(@Nullable String owner) {
		return this.admin || (this.name != null && this.name.equals(owner));
	}

}
