package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * Adds an address of the projector's page to a roll, or revokes all of them.
 */
final class ProjectorChange extends Change<Boolean> {

	private final @Nullable ProjectorToken token;

	private final Teacher by;

	/**
	 * Creates the change.
	 * @param classId the class
	 * @param token the token of the new address; null to revoke all addresses
	 * @param by the teacher who asks for it
	 */
	ProjectorChange(long classId, @Nullable ProjectorToken token, Teacher by) {
		super(classId);
		this.token = token;
		this.by = by;
	}

	@Nullable ProjectorToken token() {
		return this.token;
	}

	Teacher by() {
		return this.by;
	}

}
