package rollcall.console;

import java.util.Map;
import java.util.UUID;

import rollcall.console.Http.Answer;

/**
 * The code that a student sends, with what makes repeated requests count as the first
 * one: a random cookie, and the ticket of a server that could not answer. Without them a
 * code could run out while the server is busy.
 */
final class StudentCode {

	private static final String COOKIE = "rollcall-phone=" + UUID.randomUUID();

	private final String typed;

	private String ticket = "";

	StudentCode(String typed) {
		this.typed = typed;
	}

	/** The members of the request that follow the student id. */
	String json() {
		return ",\"code\":" + Json.quote(this.typed)
				+ (this.ticket.isEmpty() ? "" : ",\"ticket\":" + Json.quote(this.ticket));
	}

	/** The headers of the request. */
	Map<String, String> headers() {
		return Map.of("Accept", "application/json", "Cookie", COOKIE);
	}

	/** Keeps the ticket of an answer for the next request, if it has one. */
	void keepTicket(Answer answer) {
		String given = answer.problemText("ticket");
		if (!given.isEmpty()) {
			this.ticket = given;
		}
	}

}
