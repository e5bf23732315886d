package rollcall.proof;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the teacher has read of the codes of one roll, and so which answers the rules
 * allow. Only what is sure is predicted, because codes depend on the time.
 */
final class KnownCodes {

	/** The code permits the presence. */
	static final String PERMITTED = "";

	private final Map<String, CodeWindow> windows = new HashMap<>();

	/** The newest code that the teacher was told to show at once. */
	private @Nullable String newest;

	/** Adds an answer to the teacher. Returns the error in it, or null. */
	@Nullable String read(Call call, Call.Codes codes) {
		this.newest = codes.codes().get(0).code();
		for (Call.ShownCode shown : codes.codes()) {
			CodeWindow window = this.windows.merge(shown.code(), CodeWindow.of(call, shown), CodeWindow::and);
			if (window.earliest() > window.latest()) {
				return "a code should be shown at the time that was announced: " + shown;
			}
		}
		return null;
	}

	@Nullable String newest() {
		return this.newest;
	}

	/**
	 * The reasons with which a presence may be refused, or {@link #PERMITTED}.
	 * @param call the presence
	 * @param recorded whether the roll has the student already
	 */
	List<String> reasons(Call call, boolean recorded) {
		Call.Sent sent = ((Call.Present) call.request()).sent();
		if (sent == null) {
			return List.of(Call.Refused.CODE_MISSING);
		}
		CodeWindow window = this.windows.get(sent.code());
		if (window == null || !window.mayBeShown(call)) {
			return List.of(Call.Refused.CODE_WRONG);
		}
		if (window.surelyPermits(call.invoked(), call.completed())) {
			return List.of(PERMITTED);
		}
		if (window.wasSurelyShown(call)) {
			return recorded ? List.of(PERMITTED) : List.of(PERMITTED, Call.Refused.CODE_EXPIRED);
		}
		return List.of(PERMITTED, Call.Refused.CODE_EXPIRED, Call.Refused.CODE_WRONG);
	}

}
