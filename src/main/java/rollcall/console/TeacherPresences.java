package rollcall.console;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

import rollcall.console.RollClient.Recorded;
import rollcall.roll.PresenceReceipt;

/**
 * Records students at the teacher's machine. If the roll needs a code, it reads the code
 * with the login of the teacher and sends it, so nobody at the card reader types it.
 */
final class TeacherPresences {

	/** The reasons that a new code can change. */
	private static final Set<String> CODE_REASONS = Set.of(PresenceReceipt.CODE_MISSING, PresenceReceipt.CODE_WRONG,
			PresenceReceipt.CODE_EXPIRED);

	private final RollClient client;

	private final long classId;

	private final TeacherCodes codes;

	TeacherPresences(RollClient client, long classId, InstantSource clock) {
		this.client = client;
		this.classId = classId;
		this.codes = new TeacherCodes(client, classId, clock);
	}

	/** Records a presence. A repeated call changes nothing and gets the first answer. */
	Recorded record(String studentId) {
		Recorded answer = record(studentId, this.codes.known());
		if (!CODE_REASONS.contains(String.valueOf(answer.presence().reason()))) {
			return answer;
		}
		this.codes.forget();
		Optional<TimedCodes.Current> code = code();
		return code.isPresent() ? record(studentId, code) : answer;
	}

	private Recorded record(String studentId, Optional<TimedCodes.Current> code) {
		return this.client.record(this.classId, studentId,
				code.map(TimedCodes.Current::code).map(StudentCode::new).orElse(null));
	}

	/** The code; empty if this machine may not read it. */
	private Optional<TimedCodes.Current> code() {
		try {
			return this.codes.current();
		}
		catch (Failure ex) {
			if (ex.isTransient()) {
				throw ex;
			}
			return Optional.empty();
		}
	}

}
