package rollcall.console;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import rollcall.console.Failure.ExitCode;
import rollcall.console.Http.Answer;
import rollcall.roll.CurrentRoll;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.Sheet;
import rollcall.roll.StartedRoll;

/**
 * Sends the requests of the API to one server. If an answer is lost, it repeats the
 * request, except the start of a roll: the server would answer the second start with 409.
 */
final class RollClient {

	private static final long[] PAUSES_MILLIS = { 200, 500, 1_000, 2_000, 4_000 };

	private static final long AFTER_EVERY_PRESENCE = 999_999_999_999_999_999L;

	/** The problems that mean that the roll has ended. */
	private static final Set<String> ROLL_ENDED = Set.of("no-open-roll", "another-roll-open");

	private static final String JSON = "application/json";

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
	 * Opens a roll.
	 * @return the confirmation; empty if a roll is open already
	 */
	Optional<StartedRoll> start(long classId) {
		Answer answer = this.http.send("POST", rollOf(classId), accept(JSON), "{}");
		return answer.problem().equals("roll-already-open") ? Optional.empty()
				: Optional.of(read(answer, StartedRoll.class));
	}

	/**
	 * Reads the open roll.
	 * @param after the {@code seq} after which presences are read; 0 for all of them
	 * @return the roll; empty if none is open
	 */
	Optional<CurrentRoll> read(long classId, long after) {
		Answer answer = this.http.send("GET", rollOf(classId) + "?after=" + after, accept(JSON), null);
		return answer.problem().equals("no-open-roll") ? Optional.empty()
				: Optional.of(read(answer, CurrentRoll.class));
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
		return delete(classId, rollId, JSON).map((answer) -> read(answer, Sheet.class));
	}

	/**
	 * Reads the sheet of a roll that has ended.
	 * @return the unchanged bytes of the CSV; empty if the sheet is not kept
	 */
	Optional<byte[]> csv(long classId, UUID rollId) {
		return delete(classId, rollId, "text/csv").map((answer) -> {
			if (!answer.type().startsWith("text/csv")) {
				throw refusal(answer);
			}
			return answer.body();
		});
	}

	private Optional<Answer> delete(long classId, UUID rollId, String type) {
		Map<String, String> headers = Map.of("Accept", type, "If-Match", '"' + rollId.toString() + '"');
		Answer answer = retry(() -> this.http.send("DELETE", rollOf(classId), headers, null));
		return ROLL_ENDED.contains(answer.problem()) ? Optional.empty() : Optional.of(answer);
	}

	/**
	 * Records a presence. A repeated request changes nothing and gets the first answer.
	 */
	PresenceReceipt answer(long classId, String studentId) {
		String body = "{\"studentId\":\"" + studentId + "\"}";
		String path = "/classes/" + classId + "/presence";
		return read(retry(() -> this.http.send("POST", path, accept(JSON), body)), PresenceReceipt.class);
	}

	/**
	 * Repeats a request after a transient failure. If the server cannot be reached, it
	 * fails at once, unless an answer was lost before: then the server may be restarting.
	 */
	private static Answer retry(Supplier<Answer> request) {
		boolean reached = false;
		for (long pause : PAUSES_MILLIS) {
			try {
				Answer answer = request.get();
				if (!answer.isTransient()) {
					return answer;
				}
			}
			catch (Failure.LostAnswer ex) {
				reached = true;
			}
			catch (Failure ex) {
				if (!reached) {
					throw ex;
				}
			}
			pause(pause);
		}
		return request.get();
	}

	private static void pause(long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private <T extends Record> T read(Answer answer, Class<T> type) {
		if (answer.status() >= 300 || !answer.isJson()) {
			throw refusal(answer);
		}
		try {
			return Json.read(answer.body(), type);
		}
		catch (Json.UnexpectedJson ex) {
			throw new Failure(ExitCode.SERVER_ERROR, "server.other", this.http.server());
		}
	}

	private Failure refusal(Answer answer) {
		return switch (answer.status()) {
			case 401 -> new Failure(ExitCode.SERVER_ERROR, "server.login", this.http.server());
			case 403 -> new Failure(ExitCode.SERVER_ERROR, "server.forbidden", this.http.server(),
					answer.problemText("detail"));
			case 502, 503, 504 -> new Failure.Busy("server.busy", this.http.server(), answer.status());
			default -> answer.problem().isEmpty()
					? new Failure(ExitCode.SERVER_ERROR, "server.other", this.http.server())
					: new Failure(ExitCode.SERVER_ERROR, "server.error", answer.status(), answer.problemText("detail"));
		};
	}

	private static Map<String, String> accept(String type) {
		return Map.of("Accept", type);
	}

	private static String rollOf(long classId) {
		return "/classes/" + classId + "/roll";
	}

}
