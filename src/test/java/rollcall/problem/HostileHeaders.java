package rollcall.problem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Valid, invalid and too many values for each header that Tomcat, Spring or this server
 * reads. Most invalid ones contain {@link #MARKER}, so that a test can find them in a
 * log.
 */
final class HostileHeaders {

	static final String MARKER = "s3cr3tM4rk3r";

	/** Sent as the value of every header. */
	private static final List<String> JUNK = List.of("", ",", ",,;q=", "\u0085\u00ff" + MARKER, "\"" + MARKER,
			"a".repeat(3_000));

	private static final Map<String, List<String>> VALUES = new TreeMap<>();

	static {
		add("Accept-Language", languages(1), languages(10), languages(11), languages(12), languages(100),
				languages(1_000), "en;q=2", "en;q=-1", "en;q=" + MARKER, "en;q=0.99999", "*;q=0", "en-US@posix",
				"xx-" + "y".repeat(50), "pt;q=0.1;q=0.2", "en;level=1");
		add("Accept", "application/json;charset=iso-8859-1", "application/json;charset=utf-16",
				"text/csv;charset=utf-16", "a/b/c", "*/html", "text/*;q=2", "application/json;q=0", "*/*;q=0",
				"application/json;charset=" + MARKER, "application/json;x=\"" + MARKER, "application/problem+json",
				"text/event-stream", "image/svg+xml", "text/html;charset=utf-16",
				"text/html,application/xml;q=0.9,*/*;q=0.8", repeat("a/b", 500), "application/json;a=b",
				"application/*+json;charset=us-ascii");
		add("Accept-Charset", "utf-16", "x-" + MARKER, "utf-8;q=5", "*;q=0", repeat("utf-8", 400));
		add("Accept-Encoding", "gzip", "gzip;q=5", "*;q=0", "identity;q=0", "br, zstd");
		add("Cookie", "=", "a", "a=b;;;;", "$Version=1; $Path=x; a=b", "rollcall-language=",
				"rollcall-language=\"\u0001\"", "rollcall-language=" + MARKER + "\u0085", "rollcall-login=" + MARKER,
				"rollcall-login=,;", "rollcall-receipt=%", "rollcall-receipt=%zz" + MARKER,
				"rollcall-receipt=a:999999999999999::00", "rollcall-phone=%", "rollcall-device=%zz" + MARKER,
				"rollcall-language=%", "a=" + "x".repeat(7_000), "a=" + "x".repeat(20_000), "[]=" + MARKER,
				"a=\"" + MARKER, "a=b\u0080" + MARKER, cookies(150), cookies(600), "a=;".repeat(2_500));
		add("Range", "bytes=0-", "bytes=-", "bytes=9-1", "bytes=99999999-", "bytes=-0", "lines=1-2",
				"bytes=0-1,2-3,4-5", repeat("bytes=0-1", 200), "bytes=99999999999999999999-", "bytes=a-b", "bytes",
				"bytes=" + IntStream.range(0, 200).mapToObj((i) -> i + "-").collect(Collectors.joining(",")));
		add("If-Range", "\"x\"", "W/\"x\"", "Sat, 01 Jan 2000 00:00:00 GMT");
		add("Content-Type", "application/json;charset=utf-16", "application/json;charset=x-" + MARKER,
				"application/json;charset=\"", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x",
				"application/x-www-form-urlencoded;charset=" + MARKER,
				"application/x-www-form-urlencoded;charset=utf-16", "application/x-www-form-urlencoded;a=\"", "a", "/",
				"*/*", "application/*", "*/json", "application/json;a=b;a=c", "application/json; boundary=\u0080",
				"application/x-www-form-urlencoded" + MARKER);
		add("Content-Encoding", "gzip", "br", "identity", "gzip, gzip", "identity, identity", MARKER);
		add("Transfer-Encoding", "gzip", "chunked, chunked", "identity", "gzip, chunked", MARKER, "chunked;x=y");
		add("Content-Length", "+5", "0x5", "5 5", "5,5", "9".repeat(20), "16385", "5;", "2");
		for (String condition : List.of("If-Match", "If-None-Match")) {
			add(condition, "\"x\"", "W/\"x\"", "x", "\"x", "\"a\",\"b\"", "*,\"a\"", "\"" + "a".repeat(3_000) + "\"",
					repeat("\"a\"", 800));
		}
		for (String condition : List.of("If-Modified-Since", "If-Unmodified-Since", "Date")) {
			add(condition, "Mon", "Sat, 01 Jan 2000 00:00:00 GMT", "Sat, 99 Foo 99999 00:00:00 GMT",
					"Saturday, 01-Jan-00 00:00:00 GMT", "Sat, 01 Jan 292278995 00:00:00 GMT");
		}
		add("Expect", "100-continue", "200-ok", MARKER);
		add("Host", "localhost:99999", "localhost:abc", "[::1", "[::g]", "a b", "user@localhost", "localhost/",
				"localhost:", "..", "x".repeat(300), "127.0.0.1:-1", "_x", MARKER);
		add("Origin", "null", "http://", "http://[", "://", MARKER, "http://a:99999");
		add("Referer", "http://x/" + MARKER);
		add("Sec-Fetch-Site", "cross-site", "none", MARKER);
		add("Sec-WebSocket-Key", "x", "dGhlIHNhbXBsZSBub25jZQ==", MARKER);
		add("Sec-WebSocket-Version", "0", "99", "13,8", "x" + MARKER);
		add("Sec-WebSocket-Protocol", "v12.stomp", MARKER, "v12.stomp, v11.stomp", "\"");
		add("Sec-WebSocket-Extensions", "permessage-deflate", "permessage-deflate; x=\"", ";;", MARKER + ";=");
		add("Upgrade", "websocket", "h2c", "TLS/1.0", MARKER, "websocket, foo");
		add("Connection", "Upgrade", "close, x", "keep-alive, Upgrade", MARKER);
		add("HTTP2-Settings", "AAMAAABkAAQAAP__", MARKER);
		add("X-HTTP-Method-Override", "DELETE", MARKER);
		for (String forwarded : List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port",
				"X-Forwarded-Prefix", "Forwarded", "X-Real-IP", "Via")) {
			add(forwarded, "127.0.0.1", "for=127.0.0.1;host=x", "a, b, c", "99999", MARKER, "[::", "https,http",
					"//evil");
		}
		add("Authorization", "Basic", "Basic !!!", "Basic " + "A".repeat(4_000), "Basic OnM=", "Basic /////w==",
				"Digest username=\"" + MARKER, "Bearer", "Bearer " + MARKER, "Bearer a.b.c",
				"Bearer eyJhbGciOiJub25lIn0.e30.", "Negotiate x", "Basic  ");
		add("Access-Control-Request-Method", "POST", MARKER);
		add("Access-Control-Request-Headers", "x, y", MARKER);
		add("Cache-Control", "no-cache", "max-age=" + MARKER);
		add("TE", "trailers", MARKER);
		add("Trailer", MARKER);
		add("Max-Forwards", "x" + MARKER);
		add("User-Agent", MARKER);
	}

	private HostileHeaders() {
	}

	/** Returns all headers as lines without their ends. */
	static List<String> lines() {
		List<String> lines = new ArrayList<>();
		VALUES.forEach((name, values) -> Stream.concat(values.stream(), JUNK.stream())
			.map((value) -> name + ": " + value)
			.forEach(lines::add));
		return lines;
	}

	private static void add(String name, String... values) {
		VALUES.put(name, List.of(values));
	}

	/** A browser sends each chosen language with and without its region. */
	private static String languages(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> "" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26)
					+ ((i < 200) ? ";q=0." + i % 10 : ""))
			.collect(Collectors.joining(","));
	}

	private static String cookies(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "c" + i + "=" + i).collect(Collectors.joining("; "));
	}

	private static String repeat(String value, int count) {
		return String.join(",", Collections.nCopies(count, value));
	}

}
