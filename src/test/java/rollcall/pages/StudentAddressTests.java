package rollcall.pages;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.access.LanAddress;
import rollcall.access.PublicUrl;
import rollcall.settings.StartupFailure;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StudentAddressTests {

	@Test
	void configuredAddressIsUsedFirst() {
		StudentAddress address = new StudentAddress(new PublicUrl(URI.create("https://roll.example.org")));
		assertThat(address.seenFrom(request("localhost", 8080)).url()).isEqualTo("https://roll.example.org/");
	}

	@Test
	void addressInTheRequestIsUsedUnlessItIsLocalhost() {
		StudentAddress address = new StudentAddress(new PublicUrl(null));
		assertThat(address.seenFrom(request("10.1.2.3", 8080)).url()).isEqualTo("http://10.1.2.3:8080/");
		assertThat(address.seenFrom(request("laptop.local", 80)).url()).isEqualTo("http://laptop.local/");
	}

	@Test
	void localhostIsReplacedByTheLanAddressAndTheServersPort() {
		StudentAddress address = new StudentAddress(new PublicUrl(null));
		MockHttpServletRequest forwarded = request("localhost", 9000);
		forwarded.setLocalPort(8080);
		assertThat(address.seenFrom(forwarded).url())
			.isEqualTo(LanAddress.find().map((lan) -> "http://" + lan + ":8080/").orElse("http://localhost:9000/"));
		assertThat(address.seenFrom(forwarded).reachable()).isEqualTo(LanAddress.find().isPresent());
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "pages.localhost", "127.0.0.1", "127.1.2.3", "[::1]" })
	void loopbackNamesAreRecognised(String host) {
		assertThat(StudentAddress.isLoopback(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost.evil.org", "127.0.0.1.evil.org", "10.0.0.1", "[fe80::1]" })
	void otherNamesAreNotLoopback(String host) {
		assertThat(StudentAddress.isLoopback(host)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "roll.example.org", "ftp://roll.example.org", "javascript:alert(1)", "/roll" })
	void configuredAddressMustBeAWebAddress(String url) {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> new PublicUrl(URI.create(url)))
			.withMessageContaining("rollcall.public-url");
	}

	private static MockHttpServletRequest request(String host, int port) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setServerName(host);
		request.setServerPort(port);
		return request;
	}

}
