package rollcall.proof;

import java.net.URI;
import java.util.Random;

/**
 * Runs races against one server, each on classes of its own, until enough presences are
 * recorded.
 */
final class RaceDriver {

	private static final int CLASSES_OF_A_ROUND = 10;

	private final Random random;

	/** A random start, so that two drivers may share a server. */
	private long nextClass;

	RaceDriver(long seed) {
		this.random = new Random(seed);
		this.nextClass = 1 + CLASSES_OF_A_ROUND * (long) this.random.nextInt(1_000_000_000);
	}

	Tally run(URI base, int presences) {
		Tally tally = new Tally();
		try (Crowd crowd = new Crowd()) {
			while (tally.recorded() < presences && tally.violations().isEmpty()) {
				tally.add(new RaceRound(base, this.nextClass, this.random, crowd).run());
				this.nextClass += CLASSES_OF_A_ROUND;
			}
		}
		return tally;
	}

}
