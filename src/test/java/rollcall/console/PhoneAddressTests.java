package rollcall.console;

import java.io.IOException;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The addresses for phones that a server gives. */
class PhoneAddressTests {

	@Test
	void otherAddressesHaveTheNamesOfTheirAdapters() throws IOException {
		try (Stub stub = Stub.answering("200 OK", "application/json", """
				{"url":"http://192.168.0.7:8080/","reachable":true,"candidates":[
				{"url":"http://192.168.0.7:8080/","adapter":"wlan0","reachable":true},
				{"url":"http://192.168.56.1:8080/","adapter":"vboxnet0","reachable":false},
				{"url":"http://lab:8080/","reachable":true,"unknown":1}]}""")) {
			PhoneAddress address = client(stub).phoneAddress().orElseThrow();
			assertThat(address.url()).isEqualTo("http://192.168.0.7:8080/");
			assertThat(address.others()).containsExactly("http://192.168.56.1:8080/ (vboxnet0)", "http://lab:8080/");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 Not Found | application/problem+json | {"type":"urn:rollcall:not-found"}
			200 OK        | text/html                | <html>
			200 OK        | application/json         | {"candidates":[]}
			""")
	void otherAnswersGiveNoAddress(String status, String type, String body) throws IOException {
		try (Stub stub = Stub.answering(status, type, body)) {
			assertThat(client(stub).phoneAddress()).isEmpty();
		}
	}

	@Test
	void anOlderServerListsNoCandidates() throws IOException {
		try (Stub stub = Stub.answering("200 OK", "application/json", "{\"url\":\"http://lab/\",\"reachable\":true}")) {
			assertThat(client(stub).phoneAddress().orElseThrow().others()).isEmpty();
		}
	}

	private static RollClient client(Stub stub) {
		return new RollClient(ServerAddress.parse(stub.url()), Map.of());
	}

}
