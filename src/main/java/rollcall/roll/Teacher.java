package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * The teacher who makes a request. A roll belongs to the teacher who started it. The
 * access rules set the request attribute {@value #ATTRIBUTE}. A request for teachers
 * without this attribute is refused.
 *
 * @param name the name that is compared with a roll's owner; null for a user of the
 * server's machine while no teacher is configured
 * @param admin whether this teacher may use the rolls of others too
 */
public record Teacher(@Nullable String name, boolean admin) {

	/** The request attribute with the teacher. */
	public static final String ATTRIBUTE = "rollcall.teacher";

	/**
	 * The request attribute with the time at which the login expires, an
	 * {@link java.time.Instant}. Absent for a login with an HTTP session: when such a
	 * session ends, Tomcat closes its WebSockets.
	 */
	public static final String UNTIL_ATTRIBUTE = "rollcall.until";

	/** The person at the server's machine, while no teacher is configured. */
	public static final Teacher AT_THIS_MACHINE = new Teacher(null, true);

	/** Whether this teacher may use a roll with this owner. */
	boolean mayUse(@Nullable String owner) {
		return this.admin || (this.name != null && this.name.equals(owner));
	}

}
