package rollcall.proof;

/**
 * How much a proof tries: enough for every build, or with {@code -Drollcall.proof=full}
 * enough for a night.
 */
final class Volume {

	private Volume() {
	}

	static int of(int build, int full) {
		return "full".equals(System.getProperty("rollcall.proof")) ? full : build;
	}

	/**
	 * Where the random choices of a proof begin; {@code -Drollcall.seed} repeats a run.
	 */
	static long seed() {
		return Long.getLong("rollcall.seed", System.nanoTime());
	}

}
