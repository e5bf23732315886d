package rollcall.problem;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollcall.Http;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The header Allow is the same in all answers of a path, and correct.
 */
@ServerTest
class AllowTests {

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND");

	private final Http http;

	private final int port;

	AllowTests(@LocalServerPort int port) {
		this.http = new Http(port);
		this.port = port;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/                          | GET, HEAD, OPTIONS, POST
			/42                        | GET, HEAD, OPTIONS, POST
			/42/receipt                | GET, HEAD, OPTIONS
			/42/deadline               | GET, HEAD, OPTIONS
			/robots.txt                | GET, HEAD, OPTIONS
			/assets/student.js         | GET, HEAD, OPTIONS
			/classes                   | GET, HEAD, OPTIONS
			/classes/42/roll           | DELETE, GET, HEAD, OPTIONS, PATCH, POST
			/classes/42/roll/projector | DELETE, OPTIONS, POST
			/p/BCDFGHJK                | GET, HEAD, OPTIONS
			/p/BCDFGHJK/state          | GET, HEAD, OPTIONS
			/classes/42/presence       | OPTIONS, POST
			/classes/42/roll/students/1 | OPTIONS, PUT
			/ws                        | GET, HEAD, OPTIONS
			/actuator                  | GET, HEAD, OPTIONS
			/actuator/health           | GET, HEAD, OPTIONS
			/actuator/health/readiness | GET, HEAD, OPTIONS
			/actuator/prometheus       | GET, HEAD, OPTIONS
			/v3/api-docs               | GET, HEAD, OPTIONS
			/swagger-ui/index.html     | GET, HEAD, OPTIONS
			/swagger-ui.html           | GET, HEAD, OPTIONS
			/teacher                   | GET, HEAD, OPTIONS
			/teacher/address           | GET, HEAD, OPTIONS
			/teacher/session           | GET, HEAD, OPTIONS
			/teacher/app.js            | GET, HEAD, OPTIONS
			""")
	void allowIsTheSameInAllAnswersAndCorrect(String path, String allow) {
		String options = exchange("OPTIONS", path, "");
		assertThat(options).startsWith("HTTP/1.1 200 ").contains("\r\nAllow: " + allow + "\r\n").endsWith("\r\n\r\n");
		String preflight = exchange("OPTIONS", path,
				"Origin: http://localhost:" + this.port + "\r\nAccess-Control-Request-Method: POST\r\n");
		assertThat(preflight).startsWith("HTTP/1.1 200 ")
			.contains("\r\nAllow: " + allow + "\r\n")
			.doesNotContainIgnoringCase("access-control-allow");
		String trace = exchange("TRACE", path, "X-Secret: s3cr3t\r\n");
		assertThat(trace).startsWith("HTTP/1.1 405 ")
			.contains("\r\nAllow: " + allow + "\r\n", "urn:rollcall:method-not-allowed",
					"\r\nX-Content-Type-Options: nosniff\r\n")
			.doesNotContain("s3cr3t");
		for (String method : METHODS) {
			String answer = exchange(method, path, "");
			if (List.of(allow.split(", ")).contains(method)) {
				assertThat(answer).as(method).doesNotStartWith("HTTP/1.1 405 ").doesNotContain("\r\nAllow:");
			}
			else {
				assertThat(answer).as(method).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: " + allow + "\r\n");
			}
		}
	}

	@Test
	void pathThatDoesNotExistAllowsNothing() {
		for (String method : List.of("OPTIONS", "TRACE", "GET", "PUT")) {
			assertThat(exchange(method, "/nope", "")).as(method)
				.startsWith("HTTP/1.1 404 ")
				.doesNotContain("\r\nAllow:");
		}
	}

	private String exchange(String method, String path, String headers) {
		return this.http.raw(method + " " + path + " HTTP/1.1\r\nHost: localhost:" + this.port + "\r\n" + headers
				+ "Connection: close\r\n\r\n");
	}

}
