package rollcall.console;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import rollcall.console.Failure.ExitCode;
import rollcall.console.Http.Answer;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
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

	private final Http http;

	private final AnswerReader answers;

	/**
	 * A client of one server.
	 * @param server the address of the server
	 * @param headers sent with every request
	 */
	RollClient(ServerAddress server, Map<String, String> headers) {
		this(new Http(server, headers));
	}

	private RollClient(Http http) {
		this.http = http;
		this.answers = new AnswerReader(http.server());
	}

	/** The same client, but with a new connection for each request. */
	RollClient withOwnConnections() {
		return new RollClient(this.http.withOwnConnections());
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
	 * @param options the options of the roll, in JSON
	 * @return the confirmation; empty if a roll is open already
	 */
	Optional<StartedRoll> start(long classId, String options) {
		Answer answer = this.http.send("POST", rollOf(classId), accept(JSON), options);
		return this.answers.unless(answer, Set.of("roll-already-open"),
				() -> this.answers.read(answer, StartedRoll.class, (roll) -> roll.classId() == classId));
	}

	/**
	 * Reads the open roll.
	 * @param after the {@code seq} after which presences are read; 0 for all of them
	 * @return the roll; empty if none is open
	 */
	Optional<CurrentRoll> read(long classId, long after) {
		Answer answer = this.http.send("GET", rollOf(classId) + "?after=" + after, accept(JSON), null);
		return this.answers.unless(answer, Set.of("no-open-roll"),
				() -> this.answers.read(answer, CurrentRoll.class, (roll) -> roll.classId() == classId));
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
		return Repeat.untilAnswered(() -> {
			Answer answer = this.http.send("DELETE", rollOf(classId), only(rollId), null);
			return this.answers.unless(answer, ROLL_ENDED,
					() -> this.answers.read(answer, Sheet.class, (sheet) -> sheet.rollId().equals(rollId)));
		});
	}

	/**
	 * Sets the status of a student in this roll and in no other. A repeated request
	 * changes nothing.
	 * @return the new row of the student; empty if the roll has ended
	 */
	Optional<Presence> mark(long classId, UUID rollId, TypedMark mark) {
		Answer answer = this.http.send("PUT", rollOf(classId) + "/students/" + mark.studentId(), only(rollId),
				"{\"status\":\"" + mark.status() + "\"}");
		if (answer.problem().equals(PresenceReceipt.ROLL_FULL)) {
			throw new Failure(ExitCode.REFUSED, "not-recorded.roll-full", classId);
		}
		return this.answers.unless(answer, ROLL_ENDED, () -> this.answers.read(answer, Presence.class,
				(student) -> student.studentId().equals(mark.studentId())));
	}

	/**
	 * Changes the options of this roll and of no other.
	 * @param options the options to change, in JSON
	 * @return all options of the roll; empty if the roll has ended
	 */
	Optional<Options> change(long classId, UUID rollId, String options) {
		return Repeat.untilAnswered(() -> {
			Answer answer = this.http.send("PATCH", rollOf(classId), only(rollId), options);
			if (answer.problem().equals("invalid-request")) {
				throw new Failure(ExitCode.REFUSED, "times.over", classId);
			}
			return this.answers.unless(answer, ROLL_ENDED,
					() -> this.answers.read(answer, Options.class, (roll) -> roll.rollId().equals(rollId)));
		});
	}

	/**
	 * Reads the codes of the open roll.
	 * @return the codes; empty if the roll needs none
	 * @throws Failure also if no roll is open
	 */
	Optional<TimedCodes.Answer> codes(long classId) {
		Answer answer = this.http.send("GET", rollOf(classId) + "/code", accept(JSON), null);
		if (answer.problem().equals("no-open-roll")) {
			throw new Failure(ExitCode.REFUSED, "roll.none", classId);
		}
		return this.answers.unless(answer, Set.of("no-code"), () -> this.answers.read(answer, TimedCodes.Answer.class));
	}

	/** The sheets that the server keeps. */
	KeptSheets sheets() {
		return new KeptSheets(this.http);
	}

	/** The pages that show the open roll without a login. */
	ProjectorPages projectorPages() {
		return new ProjectorPages(this.http);
	}

	/**
	 * Asks for the address for phones.
	 * @return the address; empty if the server does not tell it, as older versions
	 */
	Optional<PhoneAddress> phoneAddress() {
		try {
			return Optional.of(this.answers.read(this.http.send("GET", "/teacher/address", accept(JSON), null),
					PhoneAddress.class));
		}
		catch (Failure ex) {
			return Optional.empty();
		}
	}

	/**
	 * Records a presence, and tries again for some seconds if the answer is lost.
	 * @param code what the student typed as the code of the roll; null for nothing
	 */
	PresenceReceipt answer(long classId, String studentId, @Nullable String code) {
		StudentCode sent = (code != null) ? new StudentCode(code) : null;
		return Repeat.untilAnswered(() -> record(classId, studentId, sent)).presence();
	}

	/**
	 * Records a presence. A repeated request changes nothing and gets the first answer.
	 * @param code the code of the roll; null for none
	 */
	Recorded record(long classId, String studentId, @Nullable StudentCode code) {
		String body = "{\"studentId\":\"" + studentId + "\"" + ((code != null) ? code.json() : "") + "}";
		Map<String, String> headers = (code != null) ? code.headers() : accept(JSON);
		Answer answer = this.http.send("POST", "/classes/" + classId + "/presence", headers, body);
		if (code != null) {
			code.keepTicket(answer);
		}
		PresenceReceipt receipt = this.answers.read(answer, PresenceReceipt.class,
				(presence) -> presence.studentId().equals(studentId)
						&& (presence.classId() == classId || presence.classId() == 0));
		return new Recorded(receipt, Instant.ofEpochMilli(answer.date()));
	}

	private static Map<String, String> accept(String type) {
		return Map.of("Accept", type);
	}

	private static Map<String, String> only(UUID rollId) {
		return Map.of("Accept", JSON, "If-Match", '"' + rollId.toString() + '"');
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

	/**
	 * The options of a roll.
	 *
	 * @param rollId the id of the roll
	 * @param lateAt who answers at this time or later is late; null if nobody is
	 * @param endsAt when the roll ends by itself; null if it does not
	 * @param code true if students must send a code, else null
	 */
	record Options(UUID rollId, @Nullable Instant lateAt, @Nullable Instant endsAt, @Nullable Boolean code) {
	}

}
