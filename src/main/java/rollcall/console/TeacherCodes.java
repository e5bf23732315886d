package rollcall.console;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The codes of the open roll of a class, read with the login of its teacher. The codes of
 * one answer are kept until they run out.
 */
final class TeacherCodes {

	/** Early enough for several attempts before the last code runs out. */
	private static final long READ_AGAIN_MILLIS = TimeUnit.SECONDS.toMillis(30);

	private final RollClient client;

	private final long classId;

	private final Supplier<Moment> clocks;

	private volatile Optional<TimedCodes> known = Optional.empty();

	TeacherCodes(RollClient client, long classId, InstantSource clock) {
		this(client, classId, () -> new Moment(System.nanoTime(), clock.millis()));
	}

	/**
	 * Reads nothing yet.
	 * @param clocks gives the present moment
	 */
	TeacherCodes(RollClient client, long classId, Supplier<Moment> clocks) {
		this.client = client;
		this.classId = classId;
		this.clocks = clocks;
	}

	/** The code of this moment, if it is known already. */
	Optional<TimedCodes.Current> known() {
		return this.known.flatMap((codes) -> codes.at(this.clocks.get()));
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
		if (this.known.map((codes) -> codes.leftMillis(this.clocks.get())).orElse(0L) < READ_AGAIN_MILLIS) {
			read();
		}
	}

	private void read() {
		this.known = this.client.codes(this.classId).map((answer) -> new TimedCodes(answer.codes(), this.clocks.get()));
	}

	/** Forgets the codes, because the server has refused one. */
	void forget() {
		this.known = Optional.empty();
	}

}
