package rollcall.roll;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;

/**
 * The codes of one roll: one for each step of {@value #PERIOD_MS} ms, counted from the
 * Unix epoch by the store's time. A code comes from HMAC-SHA-256 of the roll's key and
 * the number of the step. The codes with which sent ones are compared are computed once.
 */
final class CodeSeries {

	/** For how long a code is shown, milliseconds. */
	static final long PERIOD_MS = 15_000;

	/**
	 * The steps in which a code is accepted: its own, and two more for students who read,
	 * type and send it.
	 */
	private static final int ACCEPTED_STEPS = 3;

	/** The steps of 24 hours. */
	private static final int MAX_STEPS = 5_760;

	private static final int KEY_BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	/** Only one thread may use it. */
	private final Mac mac;

	/** The first step of {@link #codes}. */
	private long first;

	/** The codes of successive steps; later entries are computed when they are needed. */
	private int[] codes = {};

	/**
	 * Creates the codes of a key.
	 * @param key the key, as {@link #newKey()} returns it
	 */
	CodeSeries(String key) {
		this.mac = Hmac.withKey(HexFormat.of().parseHex(key));
	}

	/** Returns a new random key of 16 bytes, in hexadecimal. */
	static String newKey() {
		byte[] key = new byte[KEY_BYTES];
		RANDOM.nextBytes(key);
		return HexFormat.of().formatHex(key);
	}

	/** Returns the step of a time, epoch milliseconds. */
	static long step(long time) {
		return Math.floorDiv(time, PERIOD_MS);
	}

	/** Returns the code of a step. */
	RollCode of(long step) {
		return new RollCode(compute(step));
	}

	/** Whether a code is accepted at a time, epoch milliseconds. */
	boolean isValid(RollCode code, long at) {
		long last = step(at);
		return contains(code, last - ACCEPTED_STEPS + 1, last);
	}

	/**
	 * Whether a code was accepted at some time since the start of the roll, at most 24
	 * hours ago.
	 * @param startedAt the start of the roll, epoch milliseconds
	 * @param now the time, epoch milliseconds
	 */
	boolean wasValid(RollCode code, long startedAt, long now) {
		long last = step(now);
		return contains(code, Math.max(step(startedAt) - ACCEPTED_STEPS + 1, last - MAX_STEPS), last);
	}

	private synchronized boolean contains(RollCode code, long from, long to) {
		if (!code.isReadable() || from > to) {
			return false;
		}
		cover(from, to);
		for (long step = from; step <= to; step++) {
			if (this.codes[(int) (step - this.first)] == code.number()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Computes the codes of these steps that were not computed before. After a jump of
	 * the clock it begins again, so that the codes between are not computed.
	 */
	private void cover(long from, long to) {
		long end = this.first + this.codes.length;
		if (from >= this.first && to < end) {
			return;
		}
		boolean near = this.codes.length > 0 && from >= this.first - MAX_STEPS && to < end + MAX_STEPS;
		long first = near ? Math.min(this.first, from) : from;
		int[] all = new int[(int) (Math.max(near ? end : from, to + 1) - first)];
		for (int i = 0; i < all.length; i++) {
			long step = first + i;
			boolean known = near && step >= this.first && step < end;
			all[i] = known ? this.codes[(int) (step - this.first)] : compute(step);
		}
		this.codes = all;
		this.first = first;
	}

	private synchronized int compute(long step) {
		byte[] hash = this.mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
		return (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), RollCode.COUNT);
	}

}
