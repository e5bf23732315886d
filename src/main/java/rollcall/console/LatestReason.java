package rollcall.console;

/** The latest reason of failed requests, so that a repeated one is reported once. */
final class LatestReason {

	private String key = "";

	/** Whether this reason differs from the one before. */
	boolean isNew(Failure failure) {
		String before = this.key;
		this.key = String.valueOf(failure.getMessage());
		return !this.key.equals(before);
	}

	/** A request succeeded. */
	void clear() {
		this.key = "";
	}

}
