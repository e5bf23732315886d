package rollcall.console;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

import rollcall.console.Failure.ExitCode;
import rollcall.console.Http.Answer;
import rollcall.roll.CurrentRoll;
import rollcall.roll.KeptSheet;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.Sheet;
import rollcall.roll.StartedRoll;

/**
 * Sends the requests of the API to one server. Only an answer of a rollcall server
 * counts: one of its problems, or a body with its own members. Every other answer is a
 * failure that may pass.
 */
final class RollClient {

	private static final long AFTER_EVERY_PRESENCE = 999_999_999_999_999_999L;

	/** The problems that mean that the roll has ended. */
	private static final Set<String> ROLL_ENDED = Set.of("no-open-roll", "another-roll-open");

	private static final String JSON = "application/json";

	private static final String CSV = "text/csv";

	private final Http http;

	/**
	 * A client of one server.
	 * @param server the address of the server
	 * @param headers sent with every request
	 */
	RollClient(ServerAddress server, Map<String, String> headers) {
		this.http = new Http(server, headers);
	}

	ServerAddress server() {
		return this.http.server();
	}

	/**
	 * Creates a client of the live topic. This loads Spring's STOMP client and takes
	 * time, so only commands that follow a roll call it.
	 */
	LiveTopic liveTopic() {
		return new LiveTopic(this.http.server().webSocket(), this.http.headers());
	}

	/**
	 * Opens a roll. If the answer is lost, the request is not repeated: the server would
	 * answer that the roll is open already.
	 * @return the confirmation; empty if a roll is open already
	 */
	Optional<StartedRoll> start(long classId) {
		Answer answer = this.http.send("POST", rollOf(classId), accept(JSON), "{}");
		return unless(answer, Set.of("roll-already-open"), () -> read(answer, StartedRoll.class));
	}

	/**
	 * Reads the open roll.
	 * @param after the {@code seq} after which presences are read; 0 for all of them
	 * @return the roll; empty if none is open
	 */
	Optional<CurrentRoll> read(long classId, long after) {
		Answer answer = this.http.send("GET", rollOf(classId) + "?after=" + after, accept(JSON), null);
		return unless(answer, Set.of("no-open-roll"), () -> read(answer, CurrentRoll.class));
	}

	/** Reads the id of the open roll without its presences. */
	Optional<UUID> openRoll(long classId) {
		return read(classId, AFTER_EVERY_PRESENCE).map(CurrentRoll::rollId);
	}

	/**
	 * Ends this roll and no other. A repeated call returns the same sheet while the
	 * server keeps it.
	 * @return the sheet; empty if the roll has ended and its sheet is not kept
	 */
	Optional<Sheet> end(long classId, UUID rollId) {
		Map<String, String> headers = Map.of("Accept", JSON, "If-Match", '"' + rollId.toString() + '"');
		return Repeat.untilAnswered(() -> {
			Answer answer = this.http.send("DELETE", rollOf(classId), headers, null);
			return unless(answer, ROLL_ENDED, () -> read(answer, Sheet.class));
		});
	}

	/** Reads the list of kept sheets. */
	List<KeptSheet> sheets() {
		return read(this.http.send("GET", "/sheets", accept(JSON), null), JSON,
				(answer) -> Json.list(answer.body(), KeptSheet.class));
	}

	/**
	 * Reads the sheet of a roll that has ended, and changes nothing.
	 * @return the sheet; empty if it is not kept
	 */
	Optional<Sheet> sheet(UUID rollId) {
		return sheet(rollId, JSON, (answer) -> Json.read(answer.body(), Sheet.class));
	}

	/**
	 * Reads the sheet of a roll that has ended, and changes nothing.
	 * @return the unchanged bytes of the CSV; empty if the sheet is not kept
	 */
	Optional<byte[]> csv(UUID rollId) {
		return sheet(rollId, CSV, Answer::body);
	}

	private <T> Optional<T> sheet(UUID rollId, String type, Function<Answer, T> reader) {
		Map<String, String> headers = Map.of("Accept", type, "Time-Zone", ZoneId.systemDefault().getId());
		return Repeat.untilAnswered(() -> {
			Answer answer = this.http.send("GET", "/sheets/" + rollId, headers, null);
			return unless(answer, Set.of("sheet-not-kept"), () -> read(answer, type, reader));
		});
	}

	/**
	 * Asks for the address for phones.
	 * @return the address; empty if the server does not tell it, as older versions
	 */
	Optional<PhoneAddress> phoneAddress() {
		try {
			return Optional.of(read(this.http.send("GET", "/teacher/address", accept(JSON), null), PhoneAddress.class));
		}
		catch (Failure ex) {
			return Optional.empty();
		}
	}

	/** Records a presence, and tries again for some seconds if the answer is lost. */
	PresenceReceipt answer(long classId, String studentId) {
		return Repeat.untilAnswered(() -> record(classId, studentId)).presence();
	}

	/**
	 * Records a presence. A repeated request changes nothing and gets the first answer.
	 */
	Recorded record(long classId, String studentId) {
		String body = "{\"studentId\":\"" + studentId + "\"}";
		Answer answer = this.http.send("POST", "/classes/" + classId + "/presence", accept(JSON), body);
		PresenceReceipt receipt = read(answer, PresenceReceipt.class);
		if (!receipt.studentId().equals(studentId) || (receipt.classId() != classId && receipt.classId() != 0)) {
			throw foreign(answer);
		}
		return new Recorded(receipt, Instant.ofEpochMilli(answer.date()));
	}

	private static <T> Optional<T> unless(Answer answer, Set<String> problems, Supplier<T> reading) {
		return problems.contains(answer.problem()) ? Optional.empty() : Optional.of(reading.get());
	}

	private <T extends Record> T read(Answer answer, Class<T> type) {
		return read(answer, JSON, (each) -> Json.read(each.body(), type));
	}

	private <T> T read(Answer answer, String type, Function<Answer, T> reader) {
		if (!answer.isSuccess(type)) {
			throw refusal(answer);
		}
		try {
			return reader.apply(answer);
		}
		catch (Json.UnexpectedJson ex) {
			throw foreign(answer);
		}
	}

	private Failure refusal(Answer answer) {
		ServerAddress server = this.http.server();
		int status = answer.status();
		if (status == 502 || status == 503 || status == 504) {
			return new Failure.Passing("server.busy", server, status);
		}
		if (answer.problem().isEmpty()) {
			return foreign(answer);
		}
		String detail = answer.problemText("detail");
		return switch (status) {
			case 401 -> new Failure(ExitCode.SERVER_ERROR, "server.login", server);
			case 403 -> new Failure(ExitCode.SERVER_ERROR, "server.forbidden", server, detail);
			case 408, 429, 500 -> new Failure.Passing("server.error", status, detail);
			default -> new Failure(ExitCode.SERVER_ERROR, "server.error", status, detail);
		};
	}

	private Failure foreign(Answer answer) {
		return new Failure.Passing("server.other", this.http.server(), answer.status());
	}

	private static Map<String, String> accept(String type) {
		return Map.of("Accept", type);
	}

	private static String rollOf(long classId) {
		return "/classes/" + classId + "/roll";
	}

	/**
	 * The answer to a presence.
	 *
	 * @param presence recorded or refused
	 * @param at the server's time of the answer, whole seconds
	 */
	record Recorded(PresenceReceipt presence, Instant at) {
	}

}
