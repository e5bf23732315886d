package rollcall.console;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a roll at its start. */
final class StartOptions {

	@Mixin
	private TimesOptions times = new TimesOptions();

	@Option(names = "--code")
	private boolean code;

	/** Whether the command line has one of the times. */
	boolean haveTimes() {
		return !this.times.isEmpty();
	}

	boolean areEmpty() {
		return this.times.isEmpty() && !this.code;
	}

	/**
	 * The body of the request.
	 * @throws Failure if a time is not a length of time
	 */
	String json() {
		return this.code ? this.times.json("\"code\":true") : this.times.json();
	}

}
