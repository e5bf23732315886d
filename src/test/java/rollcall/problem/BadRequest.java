package rollcall.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A request that the server must refuse, with the problem that it must answer.
 *
 * @param method the HTTP method
 * @param path the path, in which {@code {class}} stands for the id of a class
 * @param body the body, null for none
 * @param status the expected status
 * @param type the expected code of the problem
 * @param field the expected name of the wrong field, null if the problem names none
 * @param headers names and values in turn
 */
record BadRequest(String method, String path, @Nullable String body, int status, String type, @Nullable String field,
		String... headers) {

	private static final List<String> NO_CLASS_IDS = List.of("0", "-1", "abc", "9007199254740992",
			"99999999999999999999", "1.5", "+1", "0x1", "1e3", "%20", "%D9%A1", "%201");

	private static final List<String> NO_STUDENT_IDS = List.of("null", "\"\"", "\"   \"", '"' + "x".repeat(65) + '"',
			"\"04 21\"", "\"04\\u000021\"", "\"04\\n21\"", "\"<script>\"", "\"\uD83D\uDE00\"", "\"\\uD83D\"",
			"\"a\u00e7\u00e3o\"", "\"\u0661\"", "\"a/b\"", "\"a'b\"", "[\"1\"]", "[]", "{}", "{\"studentId\": \"1\"}",
			"true", "1.5", "-5", "1e5", "9".repeat(65));

	private static final List<String> NO_JSON_OBJECTS = List.of("", " ", "{", "{\"studentId\"", "nope", "\"042191010\"",
			"42", "[]", "[{\"studentId\": \"1\"}]", "null", "{\"studentId\": 042}", "{\"studentId\": \"1\"} {",
			"{'studentId': '1'}", "{\"studentId\": \"1\n\"}", "{\"studentId\": " + "9".repeat(2_000) + "}",
			"{\"x\": " + "[".repeat(2_000) + "]".repeat(2_000) + ", \"studentId\": \"1\"}", "studentId=1",
			"<studentId>1</studentId>", "\uFEFFx", "{\"studentId\": \"1\", \"studentId\": \"2\"}",
			"{\"studentId\": \"1\", \"studentId\": \"1\"}", "{\"studentId\": \"1\", \"x\": 1, \"x\": 2}",
			"{\"studentId\": \"1\", \"x\": {\"a\": 1, \"a\": 2}}", "{\"studentId\": \"1\", \"student\\u0049d\": \"2\"}",
			"{\"studentId\": \"1\"}{}", "{\"studentId\": \"1\"} x", "{\"studentId\": \"1\"}]",
			"{\"studentId\": \"1\"},", "{\"studentId\": \"1\"} null");

	BadRequest(String method, String path, @Nullable String body, String... headers) {
		this(method, path, body, 0, "", null, headers);
	}

	BadRequest problem(int status, String type) {
		return new BadRequest(this.method, this.path, this.body, status, type, null, this.headers);
	}

	BadRequest field(String field) {
		return new BadRequest(this.method, this.path, this.body, 400, "invalid-request", field, this.headers);
	}

	@Override
	public String toString() {
		String start = (this.body != null) ? this.body.substring(0, Math.min(40, this.body.length())) : "";
		return this.method + " " + this.path + " " + String.join(" ", this.headers) + " " + start;
	}

	/** Returns one request for each rule that a request can break. */
	static List<BadRequest> all() {
		List<BadRequest> all = new ArrayList<>();
		for (String classId : NO_CLASS_IDS) {
			Stream.of("GET", "POST", "DELETE")
				.map((method) -> new BadRequest(method, "/classes/" + classId + "/roll", null).field("classId"))
				.forEach(all::add);
			all.add(presence("/classes/" + classId + "/presence", "{\"studentId\": \"1\"}").field("classId"));
		}
		for (String studentId : NO_STUDENT_IDS) {
			all.add(presence("{\"studentId\": " + studentId + "}").field("studentId"));
		}
		all.add(presence("{}").field("studentId"));
		for (String noText : List.of("1", "-1.5", "true", "[\"BCDFGH\"]", "{}")) {
			all.add(presence("{\"studentId\": \"1\", \"code\": " + noText + "}").field("code"));
			all.add(presence("{\"studentId\": \"1\", \"ticket\": " + noText + "}").field("ticket"));
		}
		all.add(presence("{\"studentid\": \"1\"}").field("studentId"));
		NO_JSON_OBJECTS.forEach((body) -> all.add(presence(body).problem(400, "malformed-body")));
		for (String after : List.of("-1", "abc", "1.5", "1000000000000000000", "99999999999999999999", "%20", "0x1",
				"0&after=5", "5&after=5")) {
			all.add(new BadRequest("GET", "/classes/{class}/roll?after=" + after, null).field("after"));
		}
		all.add(new BadRequest("GET", "/classes/{class}/roll?after=%FF", null).problem(400, "bad-request"));
		for (String tag : List.of("abc", "\"abc", "abc\"", "*, \"x\"", "\"a\" \"b\"", "W/abc", "w/\"a\"", ",", "**",
				"\"a\",,", "\"a b\"")) {
			all.add(new BadRequest("DELETE", "/classes/{class}/roll", null, "If-Match", tag).field("If-Match"));
		}
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml",
				"application/json;charset=nonsense", "nonsense", "multipart/form-data", "application/*")) {
			all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}", "Content-Type", type)
				.problem(415, "unsupported-media-type"));
		}
		all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}").problem(415,
				"unsupported-media-type"));
		for (String encoding : List.of("gzip", "br", "deflate", "x-gzip", "GZIP", "identity, gzip", "nonsense", "*")) {
			all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}", "Content-Type",
					"application/json", "Content-Encoding", encoding)
				.problem(415, "unsupported-media-type"));
			all.add(new BadRequest("POST", "/", "class={class}&studentId=1", "Content-Type",
					"application/x-www-form-urlencoded", "Content-Encoding", encoding)
				.problem(415, "unsupported-media-type"));
			all.add(new BadRequest("DELETE", "/classes/{class}/roll", null, "Content-Encoding", encoding).problem(415,
					"unsupported-media-type"));
		}
		for (String type : List.of("*/*", "application/*", "*/json")) {
			all.add(new BadRequest("DELETE", "/classes/{class}/roll", null, "Content-Type", type).problem(415,
					"unsupported-media-type"));
		}
		for (String range : List.of("bytes=99999999-", "bytes=-", "bytes=9-1", "lines=1-2", "bytes=a-b", "nonsense")) {
			all.add(new BadRequest("GET", "/assets/student.js", null, "Range", range).problem(416,
					"range-not-satisfiable"));
		}
		all.add(new BadRequest("GET", "/assets/student.js", null, "If-Unmodified-Since",
				"Sat, 01 Jan 2000 00:00:00 GMT")
			.problem(412, "precondition-failed"));
		addRefusedByHeaderOrPath(all);
		return all;
	}

	private static void addRefusedByHeaderOrPath(List<BadRequest> all) {
		for (String accept : List.of("text/html", "application/xml", "nonsense", "application/json;charset=nonsense")) {
			all.add(new BadRequest("GET", "/classes", null, "Accept", accept).problem(406, "not-acceptable"));
			Stream.of("GET", "POST", "DELETE")
				.map((method) -> new BadRequest(method, "/classes/{class}/roll", null, "Accept", accept))
				.forEach((bad) -> all.add(bad.problem(406, "not-acceptable")));
			all.add(new BadRequest("POST", "/classes/{class}/presence", "{\"studentId\": \"1\"}", "Content-Type",
					"application/json", "Accept", accept)
				.problem(406, "not-acceptable"));
		}
		for (String method : List.of("PUT", "PATCH", "NONSENSE")) {
			for (String path : List.of("/classes", "/classes/{class}/roll", "/classes/{class}/presence", "/ws",
					"/actuator/health")) {
				if (!method.equals("PATCH") || !path.endsWith("/roll")) {
					all.add(new BadRequest(method, path, null).problem(405, "method-not-allowed"));
				}
			}
		}
		all.add(new BadRequest("GET", "/classes/{class}/presence", null).problem(405, "method-not-allowed"));
		all.add(new BadRequest("DELETE", "/classes/{class}/presence", null).problem(405, "method-not-allowed"));
		all.add(new BadRequest("POST", "/classes", null).problem(405, "method-not-allowed"));
		for (String path : List.of("/nope", "/classes/", "/classes/{class}", "/classes/{class}/",
				"/classes/{class}/rolls", "/classes/{class}/roll/", "/classes/{class}/roll/1", "/class/{class}/roll",
				"/Classes/{class}/roll", "/error", "/actuator/env", "/v3", "/topic/rolls.1", "/WEB-INF/web.xml",
				"/application.yaml")) {
			all.add(new BadRequest("GET", path, null).problem(404, "not-found"));
			all.add(new BadRequest("DELETE", path, null).problem(404, "not-found"));
		}
		all.add(new BadRequest("GET", "/ws", null).problem(400, "bad-request"));
	}

	/** A request to record a presence, without an expected problem. */
	static BadRequest presence(String body) {
		return presence("/classes/{class}/presence", body);
	}

	private static BadRequest presence(String path, String body) {
		return new BadRequest("POST", path, body, "Content-Type", "application/json");
	}

}
