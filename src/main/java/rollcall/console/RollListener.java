package rollcall.console;

import rollcall.roll.Presence;

/** Hears what happens in a roll. The follower's thread calls it. */
interface RollListener {

	/** A student counts who did not count before. */
	void arrived(Presence presence);

	/** The number of students who count may have changed. */
	default void counted(long present) {
	}

	/** The live connection is lost. The follower tries again. */
	void disconnected();

	/** The roll cannot be read for this reason. The follower tries again. */
	void failing(Failure reason);

	/** Connected again, and no presence is missing. */
	void reconnected();

}
