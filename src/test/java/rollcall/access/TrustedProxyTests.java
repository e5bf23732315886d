package rollcall.access;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollcall.RawConnection;
import rollcall.TestDataFolder;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trusted proxy with TLS at 127.0.0.1. Connections from {@code ::1} are direct.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TrustedProxyTests {

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", TestDataFolder::next);
		settings.add("rollcall.trusted-proxies", () -> "127.0.0.1");
		settings.add("rollcall.public-url", () -> "https://roll.example.org");
	}

	@Test
	void requestThroughTheProxyIsNotFromTheTeacher() throws IOException {
		assertThat(ask("127.0.0.1", "GET /classes", "Host: localhost\r\n").problem()).isEqualTo("only-this-machine");
		assertThat(ask("127.0.0.1", "GET /classes", "Host: localhost\r\nX-Forwarded-For: 127.0.0.1\r\n").problem())
			.isEqualTo("only-this-machine");
		assertThat(ask("127.0.0.1", "GET /classes", "Host: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n").problem())
			.isEqualTo("only-this-machine");
	}

	@Test
	void directRequestFromThisMachineIsFromTheTeacher() throws IOException {
		assertThat(ask("::1", "GET /classes", "Host: localhost\r\n").status()).isEqualTo(200);
	}

	@Test
	void pageOfThePublicUrlIsOwnForEachHostOfTheProxy() throws IOException {
		String post = "POST /classes/1/presence";
		assertThat(ask("127.0.0.1", post, "Host: localhost\r\nOrigin: https://roll.example.org\r\n").status())
			.isEqualTo(415);
		assertThat(ask("127.0.0.1", post, "Host: roll.example.org\r\nOrigin: https://roll.example.org\r\n").status())
			.isEqualTo(415);
		assertThat(ask("127.0.0.1", post, "Host: localhost\r\nOrigin: http://roll.example.org\r\n").problem())
			.isEqualTo("foreign-origin");
		assertThat(ask("127.0.0.1", post, "Host: roll.example.org\r\nOrigin: https://evil.example\r\n").problem())
			.isEqualTo("foreign-origin");
	}

	@ParameterizedTest
	@CsvSource({ "http://roll.example.org, roll.example.org", "http://roll.example.org:443, roll.example.org",
			"http://roll.example.org:80, roll.example.org:80", "https://roll.example.org:8443, roll.example.org",
			"https://roll.example.org:8443, roll.example.org:8443", "ws://roll.example.org, roll.example.org",
			"https://roll.example.org/, roll.example.org", "https://user@roll.example.org, roll.example.org" })
	void publicUrlDecidesSchemeAndPortOfItsHost(String origin, String host) throws IOException {
		assertThat(ask("127.0.0.1", "POST /classes/1/presence", "Host: " + host + "\r\nOrigin: " + origin + "\r\n")
			.problem()).isEqualTo("foreign-origin");
	}

	@Test
	void httpPageIsForeignIfTheProxyReceivedHttps() throws IOException {
		String post = "POST /classes/1/presence";
		String encrypted = "Host: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.9\r\nX-Forwarded-Proto: https\r\n";
		assertThat(ask("127.0.0.1", post, encrypted + "Origin: http://192.0.2.1\r\n").problem())
			.isEqualTo("foreign-origin");
		assertThat(ask("127.0.0.1", post, encrypted + "Origin: https://192.0.2.1\r\n").status()).isEqualTo(415);
		assertThat(ask("::1", post, "Host: 192.0.2.1\r\nOrigin: http://192.0.2.1\r\n").status()).isEqualTo(415);
	}

	private RawConnection.Answer ask(String peer, String line, String headers) throws IOException {
		try (RawConnection wire = RawConnection.to(peer, this.port)) {
			wire.send(line + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n");
			return wire.read();
		}
	}

}
