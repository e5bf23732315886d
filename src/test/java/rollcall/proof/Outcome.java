package rollcall.proof;

import java.util.Map;

/**
 * The result of one HTTP request, as far as the client can know.
 */
sealed interface Outcome {

	/**
	 * The complete response arrived.
	 *
	 * @param headers by name in lower case
	 */
	record Answered(int status, Map<String, String> headers, String body) implements Outcome {
	}

	/**
	 * No connection was made: the server cannot have received the request.
	 */
	record Unsent(String why) implements Outcome {
	}

	/**
	 * The request was sent, at least in part, and no complete response arrived. It may
	 * have taken effect.
	 */
	record Unknown(String why) implements Outcome {
	}

}
