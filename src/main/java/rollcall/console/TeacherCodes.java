package rollcall.console;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The codes of the open roll of a class, read with the login of its teacher. The codes of
 * one answer are kept until they run out.
 */
final class TeacherCodes {

	/** Early enough for several attempts before the last code runs out. */
	private static final long READ_AGAIN_MILLIS = TimeUnit.SECONDS.toMillis(30);

	private final RollClient client;

	private final long classId;

	private final LongSupplier nanoTime;

	private volatile Optional<TimedCodes> known = Optional.empty();

	TeacherCodes(RollClient client, long classId) {
		this(client, classId, System::nanoTime);
	}

	/**
	 * Reads nothing yet.
	 * @param nanoTime as {@link System#nanoTime}
	 */
	TeacherCodes(RollClient client, long classId, LongSupplier nanoTime) {
		this.client = client;
		this.classId = classId;
		this.nanoTime = nanoTime;
	}

	/** The code of this moment, if it is known already. */
	Optional<TimedCodes.Current> known() {
		return this.known.flatMap((codes) -> codes.at(this.nanoTime.getAsLong()));
	}

	/**
	 * The code of this moment. The server is asked only if it is not known.
	 * @return the code; empty if the roll needs none
	 */
	synchronized Optional<TimedCodes.Current> current() {
		return known().or(() -> {
			read();
			return known();
		});
	}

	/** Asks the server if the known codes run out soon. */
	void readAhead() {
		if (this.known.map((codes) -> codes.leftMillis(this.nanoTime.getAsLong())).orElse(0L) < READ_AGAIN_MILLIS) {
			read();
		}
	}

	private void read() {
		this.known = this.client.codes(this.classId)
			.map((answer) -> new TimedCodes(answer.codes(), this.nanoTime.getAsLong()));
	}

	/** Forgets the codes, because the server has refused one. */
	void forget() {
		this.known = Optional.empty();
	}

}
