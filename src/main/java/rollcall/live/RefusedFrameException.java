package rollcall.live;

import org.jspecify.annotations.Nullable;

/**
 * Carries the refusal of a frame through Spring's handler. Spring itself would send the
 * ERROR before frames that still wait, and go on with the next frame of the message.
 */
class RefusedFrameException extends RuntimeException {

	private static final long serialVersionUID = 1;

	private final @Nullable String receipt;

	/**
	 * A refusal.
	 * @param receipt the receipt that the ERROR names, null if it names none
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
