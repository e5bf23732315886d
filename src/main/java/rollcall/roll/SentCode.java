package rollcall.roll;

import org.jspecify.annotations.Nullable;

/**
 * The code that a student sent with a presence. {@link CodeTickets} creates it.
 *
 * @param code the code; null if none was sent
 * @param openedAt when the student opened the link with this code, or sent it before and
 * got no answer, epoch milliseconds of the store's time, from a valid ticket; null
 * without one
 */
record SentCode(@Nullable RollCode code, @Nullable Long openedAt) {

	/** No code. */
	static final SentCode NONE = new SentCode(null, null);

}
