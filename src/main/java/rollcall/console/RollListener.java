package rollcall.console;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Presence;

/** Hears what happens in a roll. The follower's thread calls it. */
interface RollListener {

	/**
	 * A student arrived, or the teacher set the student's status.
	 * @param student the new row of the student
	 * @param present the number of students who count after this change
	 */
	void changed(Presence student, long present);

	/**
	 * The teacher changed when students are late.
	 * @param lateAt the new time; null if nobody is late
	 */
	void lateAt(@Nullable Instant lateAt);

	/**
	 * The teacher changed when the roll ends by itself.
	 * @param endsAt the new time; null if it does not
	 */
	void endsAt(@Nullable Instant endsAt);

	/** The teacher changed whether students must send a code. */
	void codeRequired(boolean required);

	/** The live connection is lost. The follower tries again. */
	void disconnected();

	/** The roll cannot be read for this reason. The follower tries again. */
	void failing(Failure reason);

	/** Connected again, and no change is missing. */
	void reconnected();

	/**
	 * Called often, also while nothing happens.
	 * @throws Failure if there is no use in following the roll any more
	 */
	default void check() {
	}

}
