package rollcall.console;

import java.util.List;
import java.util.Optional;

/**
 * The next codes of a roll, counted from the arrival of the server's answer. So a code is
 * never shown too early, and the clock of this machine does not matter. After a sleep of
 * the machine there is no code.
 *
 * @param codes the present code and the next ones, in order
 * @param arrived when the answer arrived
 */
record TimedCodes(List<Step> codes, Moment arrived) {

	/**
	 * The code of this moment.
	 * @return the code; empty if the server must be asked
	 */
	Optional<Current> at(Moment now) {
		if (!now.isCertainSince(this.arrived)) {
			return Optional.empty();
		}
		long elapsed = now.since(this.arrived);
		return this.codes.stream()
			.filter((each) -> each.fromMs() <= elapsed && elapsed < each.untilMs())
			.findFirst()
			.map((each) -> new Current(each.code(), each.untilMs() - elapsed));
	}

	/** How long codes of this answer can be shown. */
	long leftMillis(Moment now) {
		long until = this.codes.stream().mapToLong(Step::untilMs).max().orElse(0);
		return now.isCertainSince(this.arrived) ? until - now.since(this.arrived) : 0;
	}

	/**
	 * The answer of the server.
	 *
	 * @param codes the present code and the next ones, in order
	 */
	record Answer(List<Step> codes) {
	}

	/**
	 * A code, and when to show it.
	 *
	 * @param code six letters
	 * @param fromMs milliseconds from the answer until it may be shown
	 * @param untilMs milliseconds from the answer until the next one replaces it
	 */
	record Step(String code, long fromMs, long untilMs) {

		Step {
			if (code.length() != 6) {
				throw new IllegalArgumentException("not six letters");
			}
		}

	}

	/**
	 * A code that is shown now.
	 *
	 * @param code six letters
	 * @param leftMillis how long it is shown
	 */
	record Current(String code, long leftMillis) {

		/** The letters in two groups. */
		String grouped() {
			return this.code.substring(0, 3) + " " + this.code.substring(3);
		}

		/** How long it is shown, in whole seconds, 1 or more. */
		long leftSeconds() {
			return (this.leftMillis + 999) / 1_000;
		}

	}

}
