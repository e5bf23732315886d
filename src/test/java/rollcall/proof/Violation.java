package rollcall.proof;

/**
 * A broken promise with the facts that show it.
 */
record Violation(Promise promise, String story) {

	@Override
	public String toString() {
		return this.promise + " (" + this.promise.text() + "): " + this.story;
	}

}
