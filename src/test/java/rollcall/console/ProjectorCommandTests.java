package rollcall.console;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The command about the pages that show a roll without a login. */
class ProjectorCommandTests {

	private final ScriptedTerminal pipes = ScriptedTerminal.pipes();

	/** A script can use the output as it is. */
	@Test
	void theAddressAloneIsPrinted() throws IOException {
		try (Stub server = Stub.answering("201 Created", "application/json",
				"{\"url\":\"http://roll.example/p/BCDFGHJK\",\"token\":\"BCDFGHJK\"}")) {
			assertThat(this.pipes.run("teacher", "projector", "42", "--server", server.url())).isZero();
			assertThat(this.pipes.printed().toString()).isEqualTo("http://roll.example/p/BCDFGHJK\n");
			assertThat(server.request().toString()).startsWith("POST /classes/42/roll/projector HTTP/1.1\r\n");
		}
	}

	@Test
	void thePagesAreRevoked() throws IOException {
		try (Stub server = Stub.answering("204 No Content", "text/plain", "")) {
			assertThat(this.pipes.run("teacher", "projector", "42", "--revoke", "--server", server.url())).isZero();
			assertThat(this.pipes.printed().toString())
				.isEqualTo("Class 42: the pages that showed the roll without a login do not work any more\n");
			assertThat(server.request().toString()).startsWith("DELETE /classes/42/roll/projector HTTP/1.1\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "projector 42, 404 Not Found, {\"type\":\"urn:rollcall:no-open-roll\"}, 1, Class 42: no roll is open",
			"projector 42 --revoke, 404 Not Found, {\"type\":\"urn:rollcall:no-open-roll\"}, 1, Class 42: no roll is open",
			"projector 42 --revoke, 403 Forbidden, {\"type\":\"urn:rollcall:forbidden\"}, 4, does not allow this",
			"projector 42, 404 Not Found, {\"type\":\"urn:rollcall:not-found\"}, 4, The server answered with an error" })
	void aRefusalIsTold(String command, String status, String body, int exitCode, String message) throws IOException {
		try (Stub server = Stub.answering(status, "application/problem+json", body)) {
			assertThat(this.pipes.run(("teacher " + command + " --server " + server.url()).split(" ")))
				.isEqualTo(exitCode);
			assertThat(this.pipes.warned().toString()).contains(message);
			assertThat(this.pipes.printed().toString()).isEmpty();
		}
	}

}
