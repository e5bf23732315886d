package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * The teacher who makes a request. A roll belongs to the teacher who started it. The
 * access rules put the teacher into the request's attribute {@value #ATTRIBUTE}; a
 * teacher's request without it is refused.
 *
 * @param name the name that is compared with a roll's owner; null for a user of the
 * server's machine while no teacher is configured
 * @param admin whether this teacher may use the rolls of others too
 */
public record Teacher(@Nullable String name, boolean admin) {

	/** The attribute of a request or a WebSocket session that holds its teacher. */
	public static final String ATTRIBUTE = "rollcall.teacher";

	/**
	 * The attribute that holds the end of the login, an {@link java.time.Instant}. Absent
	 * for an HTTP session: Tomcat closes the WebSockets of a session together with it.
	 */
	public static final String UNTIL_ATTRIBUTE = "rollcall.until";

	/** The user of the server's machine while no teacher is configured. */
	public static final Teacher AT_THIS_MACHINE = new Teacher(null, true);

	/** Whether this teacher may use a roll with this owner. */
	boolean mayUse(@Nullable String owner) {
		return this.admin || (this.name != null && this.name.equals(owner));
	}

}
