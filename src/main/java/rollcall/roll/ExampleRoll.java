package rollcall.roll;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One roll call that never was, for the description of the API: the same records that are
 * answered, so that an example cannot have a member that an answer has not.
 */
final class ExampleRoll {

	static final long CLASS_ID = 42;

	static final UUID ROLL_ID = UUID.fromString("3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11");

	static final Instant STARTED_AT = Instant.parse("2026-03-02T22:30:00.125Z");

	private static final Instant ENDED_AT = Instant.parse("2026-03-02T22:45:00Z");

	private static final Presence FIRST = new Presence(1, "042191010", Instant.parse("2026-03-02T22:30:07.042Z"));

	private static final Presence SECOND = new Presence(2, "b.7_x-1", Instant.parse("2026-03-02T22:30:07.980Z"));

	private ExampleRoll() {
	}

	static StartedRoll started() {
		return new StartedRoll(CLASS_ID, ROLL_ID, STARTED_AT, RollEvent.topicOf(ROLL_ID));
	}

	static PresenceRequest request() {
		return new PresenceRequest(FIRST.studentId());
	}

	static PresenceReceipt recorded() {
		return PresenceReceipt.recorded(CLASS_ID, FIRST.studentId(), FIRST.at());
	}

	static PresenceReceipt refused() {
		return PresenceReceipt.refused(FIRST.studentId(), ENDED_AT.plusMillis(1), PresenceReceipt.NO_OPEN_ROLL);
	}

	static PresenceReceipt refusedFull() {
		return PresenceReceipt.refused(FIRST.studentId(), SECOND.at(), PresenceReceipt.ROLL_FULL);
	}

	static CurrentRoll current() {
		return new CurrentRoll(CLASS_ID, ROLL_ID, STARTED_AT, RollEvent.topicOf(ROLL_ID), SECOND.seq(), null,
				List.of(FIRST, SECOND));
	}

	static CurrentRoll currentAfterFirst() {
		return new CurrentRoll(CLASS_ID, ROLL_ID, STARTED_AT, RollEvent.topicOf(ROLL_ID), SECOND.seq(), null,
				List.of(SECOND));
	}

	static OpenRoll open() {
		return new OpenRoll(CLASS_ID, ROLL_ID, STARTED_AT, SECOND.seq());
	}

	static Sheet sheet() {
		return new Sheet(CLASS_ID, ROLL_ID, STARTED_AT, ENDED_AT, List.of(FIRST.studentId(), SECOND.studentId()),
				List.of(FIRST, SECOND));
	}

	static RollEvent arrival() {
		return new RollEvent(RollEvent.PRESENCE, CLASS_ID, ROLL_ID, FIRST.seq(), FIRST.studentId(), FIRST.at());
	}

	static RollEvent ended() {
		return new RollEvent(RollEvent.ENDED, CLASS_ID, ROLL_ID, SECOND.seq(), null, ENDED_AT);
	}

}
