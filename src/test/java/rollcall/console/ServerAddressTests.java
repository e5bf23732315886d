package rollcall.console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.console.Failure.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Addresses that a user types. */
class ServerAddressTests {

	@ParameterizedTest
	@CsvSource({ "localhost:8080, http://localhost:8080/classes, ws://localhost:8080/ws",
			"https://school.example/, https://school.example/classes, wss://school.example/ws",
			"HTTPS://school.example/rollcall//, https://school.example/rollcall/classes, wss://school.example/rollcall/ws",
			"http://[::1]:8080, http://[::1]:8080/classes, ws://[::1]:8080/ws",
			"http://LAB_PC01:8080, http://LAB_PC01:8080/classes, ws://LAB_PC01:8080/ws" })
	void anAddressIsReadInItsUsualForms(String typed, String classes, String socket) {
		ServerAddress address = ServerAddress.parse(typed);
		assertThat(address.resolve("/classes")).hasToString(classes);
		assertThat(address.webSocket()).hasToString(socket);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://", "ftp://school.example", "http://a b", "http://school.example:99999",
			"http://me:secret@school.example", "http://school.example?x=1", "http://LAB_PC01:99999", "http://a_b c",
			"http:///x" })
	void aWrongAddressIsAUsageError(String typed) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> ServerAddress.parse(typed))
			.satisfies((failure) -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
	}

	@Test
	void loopbackAddressesAreThisMachine() {
		assertThat(ServerAddress.parse("localhost").isThisMachine()).isTrue();
		assertThat(ServerAddress.parse("127.0.0.2:80").isThisMachine()).isTrue();
		assertThat(ServerAddress.parse("http://192.0.2.1").isThisMachine()).isFalse();
	}

}
