package rollcall.access;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A proxy with TLS on this machine, named by its address, 127.0.0.1; who comes from
 * {@code ::1} is none.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TrustedProxyTests {

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", AccessMatrix::newDataDirectory);
		settings.add("rollcall.trusted-proxies", () -> "127.0.0.1");
		settings.add("rollcall.public-url", () -> "https://roll.example.org");
	}

	@Test
	void whoComesThroughTheProxyIsNotAtThisMachine() throws IOException {
		assertThat(ask("127.0.0.1", "GET /classes", "Host: localhost\r\n").problem()).isEqualTo("only-this-machine");
		assertThat(ask("127.0.0.1", "GET /classes", "Host: localhost\r\nX-Forwarded-For: 127.0.0.1\r\n").problem())
			.isEqualTo("only-this-machine");
		assertThat(ask("127.0.0.1", "GET /classes", "Host: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n").problem())
			.isEqualTo("only-this-machine");
	}

	@Test
	void whoComesStraightStillIs() throws IOException {
		assertThat(ask("::1", "GET /classes", "Host: localhost\r\n").status()).isEqualTo(200);
	}

	@Test
	void browserSeesThePublicUrlWhateverTheProxyCallsThisServer() throws IOException {
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

	private Wire.Answer ask(String peer, String line, String headers) throws IOException {
		try (Wire wire = Wire.to(peer, this.port)) {
			wire.send(line + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n");
			return wire.read();
		}
	}

}
