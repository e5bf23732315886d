package rollcall.proof;

/**
 * The amount of work of a proof: small for every build, or with {@code -Dproof=full} for
 * a whole night.
 */
final class Volume {

	private Volume() {
	}

	static int of(int build, int full) {
		return "full".equals(System.getProperty("proof")) ? full : build;
	}

	/**
	 * The seed of the random choices; {@code -Dproof.seed} repeats a run.
	 */
	static long seed() {
		return Long.getLong("proof.seed", System.nanoTime());
	}

}
