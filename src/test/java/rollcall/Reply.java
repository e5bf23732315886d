package rollcall;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer, from Java's HTTP client or from a plain socket.
 *
 * @param headers the headers by name in lower case
 */
record Reply(int status, Map<String, String> headers, String body) {

	static Reply of(Http.Answer answer) {
		Map<String, String> headers = new LinkedHashMap<>();
		answer.response()
			.headers()
			.map()
			.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
		return new Reply(answer.status(), headers, answer.text());
	}

	/** Parses an answer that is not chunked. */
	static Reply of(String raw) {
		int end = raw.indexOf("\r\n\r\n");
		String[] head = raw.substring(0, end).split("\r\n");
		Map<String, String> headers = new LinkedHashMap<>();
		for (int i = 1; i < head.length; i++) {
			String[] header = head[i].split(": *", 2);
			headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
		}
		return new Reply(Integer.parseInt(head[0].split(" ")[1]), headers, raw.substring(end + 4));
	}

	JsonNode json() {
		return new JsonMapper().readTree(this.body);
	}

	/** The status, for a problem with its type: "404 no-open-roll". */
	String outcome() {
		boolean problem = this.headers.getOrDefault("content-type", "").equals(ApiDocument.PROBLEM_JSON);
		return this.status + (problem ? " " + json().path("type").asString().replace("urn:rollcall:", "") : "");
	}

}
