package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A teacher or a student with a connection of its own, used by one thread. All requests
 * and replies are added to the history. It reads JSON by the documented names, not
 * through the server's records, so that a renamed field is detected.
 */
final class RollCallClient implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String PHONE_COOKIE = "Cookie: rollcall-phone=";

	/** A proxy sends a presence to another node after 1.5 s without an answer. */
	private static final Duration REPEATED_AFTER = Duration.ofMillis(1_400);

	private final HttpConnection connection;

	private final History history;

	private final BooleanSupplier failing;

	private final LongSupplier nanos;

	/** The cookie by which the server recognizes this client. */
	private final String cookie = PHONE_COOKIE + UUID.randomUUID();

	/** The last refused presence with a ticket, and its ticket. */
	private Call.@Nullable Present refused;

	private Call.@Nullable Ticket ticket;

	RollCallClient(URI base, History history) {
		this(base, history, () -> false);
	}

	/**
	 * Creates a client of a proxy in front of nodes that fail.
	 * @param failing whether a node may fail now, after it has recorded a presence and
	 * before it has answered; the proxy then sends the presence to another node
	 */
	RollCallClient(URI base, History history, BooleanSupplier failing) {
		this(base, history, failing, System::nanoTime);
	}

	/**
	 * Creates a client of a server whose clock a test moves.
	 * @param nanos the monotonic time, moved together with the server's clock
	 */
	RollCallClient(URI base, History history, BooleanSupplier failing, LongSupplier nanos) {
		this.connection = new HttpConnection(base);
		this.history = history;
		this.failing = failing;
		this.nanos = nanos;
	}

	Call.Reply start(long classId) {
		return start(classId, Call.Times.NONE);
	}

	Call.Reply start(long classId, Call.Times times) {
		return start(classId, times, false);
	}

	Call.Reply start(long classId, Call.Times times, boolean code) {
		String body = (code || !times.equals(Call.Times.NONE)) ? json(times, code ? ",\"code\":true" : "") : null;
		return call(new Call.Start(classId, times, code), "POST", "/classes/" + classId + "/roll", body);
	}

	Call.Reply present(long classId, String studentId) {
		return call(new Call.Present(classId, studentId), "POST", "/classes/" + classId + "/presence",
				"{\"studentId\":\"" + studentId + "\"}");
	}

	/**
	 * Sends a presence with a code; null for none. After an answer 503 with a ticket, a
	 * repeat contains the ticket, as a browser's does.
	 */
	Call.Reply present(long classId, String studentId, @Nullable String code) {
		if (code == null) {
			return present(classId, studentId);
		}
		boolean again = this.refused != null && this.refused.classId() == classId && this.refused.sent() != null
				&& this.refused.sent().code().equals(code);
		return present(classId, studentId, new Call.Sent(code, again ? this.ticket : null));
	}

	Call.Reply present(long classId, String studentId, Call.Sent sent) {
		return present(classId, studentId, sent, this.cookie);
	}

	private Call.Reply present(long classId, String studentId, Call.Sent sent, String... headers) {
		Call.Ticket ticket = sent.ticket();
		String body = "{\"studentId\":\"" + studentId + "\",\"code\":\"" + sent.code() + "\""
				+ ((ticket != null) ? ",\"ticket\":\"" + ticket.text() + "\"" : "") + "}";
		return call(new Call.Present(classId, studentId, sent), "POST", "/classes/" + classId + "/presence", body,
				headers);
	}

	/** Sends a presence without the cookie of this client. */
	Call.Reply presentWithoutCookie(long classId, String studentId, Call.Sent sent) {
		return present(classId, studentId, sent, new String[0]);
	}

	/** The ticket of the last answer 503 to this client; null if there was none. */
	Call.@Nullable Ticket ticket() {
		return this.ticket;
	}

	Call.Reply codes(long classId) {
		return call(new Call.ReadCodes(classId), "GET", "/classes/" + classId + "/roll/code", null);
	}

	Call.Reply setCode(long classId, @Nullable String rollId, boolean required) {
		return call(new Call.SetCode(classId, rollId, required), "PATCH", "/classes/" + classId + "/roll",
				"{\"code\":" + required + "}", condition(rollId));
	}

	/**
	 * The same with the id as a JSON number, as card readers and spreadsheets send it.
	 */
	Call.Reply presentNumber(long classId, long studentId) {
		return call(new Call.Present(classId, Long.toString(studentId)), "POST", "/classes/" + classId + "/presence",
				"{\"studentId\":" + studentId + "}");
	}

	/** The number of presences of each open roll; not part of the history. */
	Map<Long, Long> open() {
		Outcome outcome = this.connection.send("GET", "/classes", null);
		if (!(outcome instanceof Outcome.Answered answer) || answer.status() != 200) {
			throw new AssertionError("the open rolls: " + outcome);
		}
		Map<Long, Long> open = new HashMap<>();
		JSON.readTree(answer.body()).forEach((roll) -> open.put(number(roll, "classId"), number(roll, "present")));
		return open;
	}

	Call.Reply end(long classId, @Nullable String rollId) {
		return call(new Call.End(classId, rollId), "DELETE", "/classes/" + classId + "/roll", null, condition(rollId));
	}

	private static String[] condition(@Nullable String rollId) {
		return (rollId != null) ? new String[] { "If-Match: \"" + rollId + "\"" } : new String[0];
	}

	Call.Reply read(long classId, long after) {
		String query = (after > 0) ? "?after=" + after : "";
		return call(new Call.Read(classId, after), "GET", "/classes/" + classId + "/roll" + query, null);
	}

	Call.Reply mark(long classId, @Nullable String rollId, String studentId, String status) {
		return call(new Call.Mark(classId, rollId, studentId, status), "PUT",
				"/classes/" + classId + "/roll/students/" + studentId, "{\"status\":\"" + status + "\"}",
				condition(rollId));
	}

	Call.Reply setTimes(long classId, @Nullable String rollId, Call.Times times) {
		return call(new Call.SetTimes(classId, rollId, times), "PATCH", "/classes/" + classId + "/roll",
				json(times, ""), condition(rollId));
	}

	private static String json(Call.Times times, String more) {
		return "{\"lateAfter\":" + duration(times.lateAfterMs()) + ",\"endsAfter\":" + duration(times.endsAfterMs())
				+ more + "}";
	}

	private static String duration(@Nullable Long millis) {
		return (millis != null) ? "\"" + Duration.ofMillis(millis) + "\"" : "null";
	}

	Call.Reply listSheets(long classId) {
		return call(new Call.ListSheets(classId), "GET", "/sheets", null);
	}

	private Call.Reply call(Call.Request request, String method, String path, @Nullable String body,
			String... headers) {
		boolean failed = this.failing.getAsBoolean();
		long invoked = this.nanos.getAsLong();
		Outcome outcome = this.connection.send(method, path, body, headers);
		long completed = this.nanos.getAsLong();
		Call.Reply reply = reply(request, outcome);
		if (request instanceof Call.Present present) {
			keepTicket(present, outcome, invoked, completed);
		}
		this.history.add(new Call(request, reply, invoked, completed));
		if (request instanceof Call.Present
				&& (failed || this.failing.getAsBoolean() || completed - invoked >= REPEATED_AFTER.toNanos())) {
			this.history.add(new Call(request, new Call.GivenUp(), invoked, completed));
		}
		return reply;
	}

	private void keepTicket(Call.Present present, Outcome outcome, long invoked, long completed) {
		this.refused = present;
		Call.Ticket before = this.ticket;
		this.ticket = null;
		if (outcome instanceof Outcome.Answered answer && answer.status() == 503) {
			String text = JSON.readTree(answer.body()).path("ticket").asString(null);
			if (text != null) {
				boolean again = before != null && before.isJudgedAs(text);
				this.ticket = new Call.Ticket(text, again ? before.from() : invoked, again ? before.to() : completed,
						completed, true);
			}
		}
	}

	private static Call.Reply reply(Call.Request request, Outcome outcome) {
		if (outcome instanceof Outcome.Unsent unsent) {
			return new Call.Unsent(unsent.why());
		}
		if (outcome instanceof Outcome.Answered answered) {
			try {
				return reply(request, answered);
			}
			catch (JacksonException | IllegalArgumentException ex) {
				return new Call.Unexpected(answered.status(), answered.body());
			}
		}
		return new Call.Unanswered(((Outcome.Unknown) outcome).why());
	}

	private static Call.Reply reply(Call.Request request, Outcome.Answered answer) {
		return switch (answer.status()) {
			case 200 -> ok(request, answer);
			case 201 -> (request instanceof Call.Start) ? started(JSON.readTree(answer.body())) : unexpected(answer);
			case 400 -> (request instanceof Call.SetTimes) ? new Call.TooLate() : unexpected(answer);
			case 404 -> (request instanceof Call.Read || isConditional(request)) ? new Call.NoneOpen()
					: (request instanceof Call.ReadCodes) ? noCodes(answer) : unexpected(answer);
			case 409 -> (request instanceof Call.Mark) ? new Call.Full() : (request instanceof Call.Start)
					? new Call.AlreadyOpen(time(JSON.readTree(answer.body()), "startedAt")) : unexpected(answer);
			case 412 -> isConditional(request) ? new Call.OtherOpen() : unexpected(answer);
			case 503 -> new Call.Unanswered("503");
			default -> unexpected(answer);
		};
	}

	private static boolean isConditional(Call.Request request) {
		return request instanceof Call.End || request instanceof Call.Mark || request instanceof Call.SetTimes
				|| request instanceof Call.SetCode;
	}

	private static Call.Reply noCodes(Outcome.Answered answer) {
		return switch (text(JSON.readTree(answer.body()), "type")) {
			case "urn:rollcall:no-code" -> new Call.NoCode();
			case "urn:rollcall:no-open-roll" -> new Call.NoneOpen();
			default -> unexpected(answer);
		};
	}

	private static Call.Reply ok(Call.Request request, Outcome.Answered answer) {
		JsonNode body = JSON.readTree(answer.body());
		if (request instanceof Call.Present) {
			long classId = number(body, "classId");
			return (classId == 0) ? new Call.Refused(text(body, "studentId"), time(body, "at"), text(body, "reason"))
					: new Call.Recorded(classId, text(body, "studentId"), time(body, "at"),
							body.path("late").asBoolean(false));
		}
		if (request instanceof Call.Mark) {
			return new Call.Marked(entry(body));
		}
		if (request instanceof Call.SetTimes) {
			return new Call.TimesSet(text(body, "rollId"), times(body), number(body, "seq"));
		}
		if (request instanceof Call.SetCode) {
			return new Call.CodeSet(text(body, "rollId"), body.path("code").asBoolean(false), times(body),
					number(body, "seq"));
		}
		if (request instanceof Call.ReadCodes) {
			List<Call.ShownCode> codes = new ArrayList<>();
			body.required("codes")
				.forEach((code) -> codes.add(new Call.ShownCode(text(code, "code"), number(code, "fromMs"))));
			return new Call.Codes(text(body, "rollId"), codes);
		}
		if (request instanceof Call.End) {
			return new Call.Ended(sheet(body), answer.body());
		}
		if (request instanceof Call.Read) {
			return new Call.Current(text(body, "rollId"), time(body, "startedAt"), times(body),
					body.path("code").asBoolean(false), number(body, "seq"), body.path("full").asBoolean(false),
					entries(body));
		}
		if (request instanceof Call.ListSheets) {
			List<String> waiting = new ArrayList<>();
			body.forEach((sheet) -> {
				if (number(sheet, "classId") == request.classId() && !sheet.required("taken").booleanValue()) {
					waiting.add(text(sheet, "rollId"));
				}
			});
			return new Call.WaitingSheets(waiting);
		}
		return unexpected(answer);
	}

	private static Call.Started started(JsonNode body) {
		return new Call.Started(text(body, "rollId"), time(body, "startedAt"), times(body),
				body.path("code").asBoolean(false));
	}

	private static Call.SeenSheet sheet(JsonNode body) {
		List<String> studentIds = new ArrayList<>();
		body.required("studentIds").forEach((id) -> studentIds.add(id.stringValue()));
		return new Call.SeenSheet(number(body, "classId"), text(body, "rollId"), time(body, "startedAt"),
				time(body, "endedAt"), times(body).lateAt(), studentIds, entries(body));
	}

	private static List<Call.Entry> entries(JsonNode body) {
		List<Call.Entry> entries = new ArrayList<>();
		body.required("presences").forEach((presence) -> entries.add(entry(presence)));
		body.path("absences").forEach((absence) -> entries.add(entry(absence)));
		return entries;
	}

	private static Call.Entry entry(JsonNode row) {
		return new Call.Entry(number(row, "seq"), text(row, "studentId"), time(row, "at"),
				row.path("status").asString(null), row.path("by").asString(null));
	}

	/** The times that a roll, a sheet or an event shows. */
	static Call.SeenTimes times(JsonNode node) {
		return new Call.SeenTimes(node.has("lateAt") ? time(node, "lateAt") : null,
				node.has("endsAt") ? time(node, "endsAt") : null);
	}

	private static Call.Unexpected unexpected(Outcome.Answered answer) {
		return new Call.Unexpected(answer.status(), answer.body());
	}

	private static long number(JsonNode node, String name) {
		return node.required(name).longValue();
	}

	private static String text(JsonNode node, String name) {
		return node.required(name).stringValue();
	}

	private static Instant time(JsonNode node, String name) {
		return Instants.read(text(node, name));
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
