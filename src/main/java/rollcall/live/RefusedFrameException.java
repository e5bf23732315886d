package rollcall.live;

import org.jspecify.annotations.Nullable;

/**
 * Takes the refusal of a frame out of Spring's handler, which would send the ERROR past
 * the frames that wait, and skip none of the frames after the refused one.
 */
class RefusedFrameException extends RuntimeException {

	private static final long serialVersionUID = 1;

	private final @Nullable String receipt;

	/**
	 * A refusal.
	 * @param receipt the receipt header of the frame, null if it has none that may be
	 * repeated
	 * @param cause why it is refused
	 */
	RefusedFrameException(@Nullable String receipt, Throwable cause) {
		super(cause);
		this.receipt = receipt;
	}

	@Nullable String receipt() {
		return this.receipt;
	}

}
