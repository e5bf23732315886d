package rollcall.console;

import java.util.Map;

/**
 * One server and what is said to it with every request.
 *
 * @param server where it is
 * @param headers language and, if asked for, credentials
 */
record Connection(ServerAddress server, Map<String, String> headers) {

	RollClient client() {
		return new RollClient(new Http(this.server, this.headers));
	}

	/** Loads Spring's STOMP client, so only those who follow a roll call it. */
	LiveTopic liveTopic() {
		return new LiveTopic(this.server.webSocket(), this.headers);
	}

}
