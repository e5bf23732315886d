package rollcall.proof;

import java.util.Map;

/**
 * What became of one HTTP request, as far as its sender can know.
 */
sealed interface Outcome {

	/**
	 * The whole answer arrived.
	 *
	 * @param headers by name in lower case
	 */
	record Answered(int status, Map<String, String> headers, String body) implements Outcome {
	}

	/**
	 * No connection came about: the server cannot have seen the request.
	 */
	record Unsent(String why) implements Outcome {
	}

	/**
	 * It was sent, wholly or in part, and no whole answer came: it took effect or not.
	 */
	record Unknown(String why) implements Outcome {
	}

}
