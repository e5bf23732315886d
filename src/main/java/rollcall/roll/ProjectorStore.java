package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * Writes which addresses of the projector's page belong to which roll. An address is
 * valid only while its roll is open. The upkeep removes the addresses of other rolls, so
 * it does not matter how a roll ended.
 */
final class ProjectorStore {

	/** The maximum number of valid addresses of one roll. */
	static final int MAX_ADDRESSES = 3;

	/** A query for the addresses of rolls that are not open. */
	static final String ENDED = "SELECT token FROM projector WHERE NOT EXISTS"
			+ " (SELECT 1 FROM roll WHERE roll.roll_no = projector.roll_no AND ended_at IS NULL)";

	private final Statements statements;

	ProjectorStore(Statements statements) {
		this.statements = statements;
	}

	/**
	 * Adds an address to an open roll that this transaction has locked.
	 * @param token the token of the address; null to remove all addresses
	 */
	void change(long rollNo, @Nullable ProjectorToken token) throws StoreException {
		if (token == null) {
			this.statements.update("DELETE FROM projector WHERE roll_no = ?", rollNo);
			return;
		}
		// The number is larger than any other of the roll: the clock may have gone back.
		this.statements.update("""
				INSERT INTO projector (token, roll_no, made_at)
				SELECT ?, ?, 1 + coalesce(max(made_at), 0) FROM projector WHERE roll_no = ?""", token.hash(), rollNo,
				rollNo);
		this.statements.update("DELETE FROM projector WHERE roll_no = ? AND made_at NOT IN"
				+ " (SELECT made_at FROM projector WHERE roll_no = ? ORDER BY made_at DESC LIMIT " + MAX_ADDRESSES
				+ ")", rollNo, rollNo);
	}

	/** Removes the addresses of rolls that are not open. */
	void removeEnded() throws StoreException {
		this.statements.update("DELETE FROM projector WHERE token IN (" + ENDED + ")");
	}

}
