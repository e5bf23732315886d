package rollcall.console;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import rollcall.console.Http.Answer;
import rollcall.roll.CurrentRoll;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.Sheet;
import rollcall.roll.StartedRoll;

/**
 * The requests of the contract. What may be asked twice is asked again when its answer is
 * lost; only the start is not.
 */
final class RollClient {

	private static final long[] PAUSES_MILLIS = { 200, 500, 1_000, 2_000, 4_000 };

	private static final long BEYOND_EVERY_PRESENCE = 999_999_999_999_999_999L;

	/** The roll has ended, whether or not another one is open now. */
	private static final Set<String> GONE = Set.of("no-open-roll", "another-roll-open");

	private static final String JSON = "application/json";

	private final Http http;

	RollClient(Http http) {
		this.http = http;
	}

	/**
	 * Opens a roll.
	 * @return the confirmation; empty if one is open already
	 */
	Optional<StartedRoll> start(long classId) {
		Answer answer = this.http.send("POST", rollOf(classId), accept(JSON), "{}");
		return answer.problem().equals("roll-already-open") ? Optional.empty()
				: Optional.of(read(answer, Contract::startedRoll));
	}

	/**
	 * Reads the open roll.
	 * @param after presences up to this number are left out
	 * @return the roll; empty if none is open
	 */
	Optional<CurrentRoll> read(long classId, long after) {
		Answer answer = this.http.send("GET", rollOf(classId) + "?after=" + after, accept(JSON), null);
		return answer.problem().equals("no-open-roll") ? Optional.empty()
				: Optional.of(read(answer, Contract::currentRoll));
	}

	/** Asks for the id alone: a full class is not sent for it. */
	Optional<UUID> openRoll(long classId) {
		return read(classId, BEYOND_EVERY_PRESENCE).map(CurrentRoll::rollId);
	}

	/**
	 * Ends this roll and no other, and asks again if the answer is lost: the server gives
	 * the same sheet for as long as it keeps it.
	 * @return the sheet; empty if the roll has ended and its sheet is not kept
	 */
	Optional<Sheet> end(long classId, UUID rollId) {
		return delete(classId, rollId, JSON).map((answer) -> read(answer, Contract::sheet));
	}

	/** The sheet of a roll that has ended, as CSV, byte for byte. */
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
		Answer answer = again(() -> this.http.send("DELETE", rollOf(classId), headers, null));
		return GONE.contains(answer.problem()) ? Optional.empty() : Optional.of(answer);
	}

	/** Records a presence; a repeat changes nothing and gets the first answer. */
	PresenceReceipt answer(long classId, String studentId) {
		String body = "{\"studentId\":\"" + studentId + "\"}";
		String path = "/classes/" + classId + "/presence";
		return read(again(() -> this.http.send("POST", path, accept(JSON), body)), Contract::presenceReceipt);
	}

	/**
	 * A server that was never reached is told at once; one that took a request and fell
	 * silent may be starting again.
	 */
	private static Answer again(Supplier<Answer> request) {
		boolean sent = false;
		for (long pause : PAUSES_MILLIS) {
			try {
				Answer answer = request.get();
				if (!answer.isPassing()) {
					return answer;
				}
			}
			catch (Failure.LostAnswer ex) {
				sent = true;
			}
			catch (Failure ex) {
				if (!sent) {
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

	private <T> T read(Answer answer, Function<byte[], T> reader) {
		if (answer.status() >= 300 || !answer.isJson()) {
			throw refusal(answer);
		}
		try {
			return reader.apply(answer.body());
		}
		catch (Fields.UnexpectedJson ex) {
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
