package rollcall.roll;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The codes of a roll to show now and next. All times count from the answer, so the clock
 * of the reader does not matter.
 *
 * @param rollId the id of the roll
 * @param periodMs for how long each code is shown, milliseconds
 * @param codes the present code and the next ones, in order
 */
public record ShownCodes(UUID rollId, long periodMs, List<ShownCode> codes) {

	/** The number of codes in an answer: enough for a minute without a connection. */
	private static final int COUNT = 4;

	/**
	 * Returns the codes to show.
	 * @param now the store's time, epoch milliseconds
	 */
	static ShownCodes at(long now, UUID rollId, CodeSeries series) {
		List<ShownCode> codes = new ArrayList<>(COUNT);
		for (long step = CodeSeries.step(now); codes.size() < COUNT; step++) {
			long from = step * CodeSeries.PERIOD_MS - now;
			codes.add(new ShownCode(series.of(step).letters(), from, from + CodeSeries.PERIOD_MS));
		}
		return new ShownCodes(rollId, CodeSeries.PERIOD_MS, codes);
	}

	/**
	 * A code and when to show it.
	 *
	 * @param code six letters
	 * @param fromMs milliseconds from the answer until it may be shown; 0 or less for the
	 * present code
	 * @param untilMs milliseconds from the answer until the next code replaces it
	 */
	public record ShownCode(String code, long fromMs, long untilMs) {

		/** Returns no part of the code, so that no log can contain it. */
		@Override
		public String toString() {
			return "ShownCode";
		}

	}

}
