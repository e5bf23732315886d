package rollcall.console;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the times of a roll. Both times count from the start of the roll. */
final class TimesOptions {

	private static final String OFF = "off";

	@Option(names = "--late", paramLabel = "${bundle:label.duration}")
	private @Nullable String late;

	@Option(names = "--ends", paramLabel = "${bundle:label.duration}")
	private @Nullable String ends;

	/** Whether the command line has none of them. */
	boolean isEmpty() {
		return this.late == null && this.ends == null;
	}

	/**
	 * The body of the request.
	 * @param others other members of the body
	 * @throws Failure if one of them is not a length of time
	 */
	String json(String... others) {
		List<String> members = new ArrayList<>(List.of(others));
		add(members, "lateAfter", this.late);
		add(members, "endsAfter", this.ends);
		return "{" + String.join(",", members) + "}";
	}

	private static void add(List<String> members, String name, @Nullable String typed) {
		if (typed != null) {
			String value = typed.strip().equals(OFF) ? "null" : '"' + TypedDuration.parse(typed).toString() + '"';
			members.add('"' + name + "\":" + value);
		}
	}

}
