package rollcall.console;

import rollcall.roll.Presence;

/** Hears what happens in a roll. The follower's thread calls it. */
interface RollListener {

	void arrived(Presence presence);

	/** The live connection is lost. The follower tries again. */
	void disconnected();

	/** The roll cannot be read for this reason. The follower tries again. */
	void failing(Failure reason);

	/** Connected again, and no presence is missing. */
	void reconnected();

}
