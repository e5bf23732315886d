package rollcall.console;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

import rollcall.roll.ShownCodes;

/**
 * The next codes of a roll, counted from the arrival of the server's answer. So a code is
 * never shown too early, and the clock of this machine does not matter.
 *
 * @param codes the answer
 * @param arrived when it arrived, as {@link System#nanoTime}
 */
record TimedCodes(ShownCodes codes, long arrived) {

	/**
	 * The code of a time.
	 * @param now the time, as {@link System#nanoTime}
	 * @return the code; empty if the server must be asked
	 */
	Optional<Current> at(long now) {
		long elapsed = TimeUnit.NANOSECONDS.toMillis(now - this.arrived);
		return this.codes.codes()
			.stream()
			.filter((each) -> each.fromMs() <= elapsed && elapsed < each.untilMs())
			.findFirst()
			.map((each) -> new Current(each.code(), each.untilMs() - elapsed));
	}

	/**
	 * How long codes of this answer can be shown.
	 * @param now the time, as {@link System#nanoTime}
	 */
	long leftMillis(long now) {
		long until = this.codes.codes().stream().mapToLong((each) -> each.untilMs()).max().orElse(0);
		return until - TimeUnit.NANOSECONDS.toMillis(now - this.arrived);
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
