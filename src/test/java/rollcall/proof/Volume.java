package rollcall.proof;

/**
 * How much a proof tries: enough for every build, or with {@code -Dproof=full} enough for
 * a night.
 */
final class Volume {

	private Volume() {
	}

	static int of(int build, int full) {
		return "full".equals(System.getProperty("proof")) ? full : build;
	}

	/**
	 * Where the random choices of a proof begin; {@code -Dproof.seed} repeats a run.
	 */
	static long seed() {
		return Long.getLong("proof.seed", System.nanoTime());
	}

}
