package rollcall.proof;

/**
 * A broken promise with its story.
 */
record Violation(Promise promise, String story) {

	@Override
	public String toString() {
		return this.promise + " (" + this.promise.text() + "): " + this.story;
	}

}
