package rollcall.pages;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StudentAddressTest {

	@Test
	void configuredAddressGoesFirst() {
		StudentAddress address = new StudentAddress(new PagesProperties(URI.create("https://roll.example.org")));
		assertThat(address.seenFrom(request("localhost", 8080)).url()).isEqualTo("https://roll.example.org/");
	}

	@Test
	void pagesOwnAddressIsGoodUnlessItIsLocalhost() {
		StudentAddress address = new StudentAddress(new PagesProperties(null));
		assertThat(address.seenFrom(request("10.1.2.3", 8080)).url()).isEqualTo("http://10.1.2.3:8080/");
		assertThat(address.seenFrom(request("laptop.local", 80)).url()).isEqualTo("http://laptop.local/");
	}

	@Test
	void localhostBecomesThisMachinesAddressWithTheServersPort() {
		StudentAddress address = new StudentAddress(new PagesProperties(null));
		MockHttpServletRequest forwarded = request("localhost", 9000);
		forwarded.setLocalPort(8080);
		assertThat(address.seenFrom(forwarded).url())
			.isEqualTo(LanAddress.find().map((lan) -> "http://" + lan + ":8080/").orElse("http://localhost:9000/"));
		assertThat(address.seenFrom(forwarded).reachable()).isEqualTo(LanAddress.find().isPresent());
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST", "pages.localhost", "127.0.0.1", "127.1.2.3", "[::1]" })
	void loopbackIsRecognised(String host) {
		assertThat(StudentAddress.isLoopback(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost.evil.org", "127.0.0.1.evil.org", "10.0.0.1", "[fe80::1]" })
	void othersAreNotLoopback(String host) {
		assertThat(StudentAddress.isLoopback(host)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "roll.example.org", "ftp://roll.example.org", "javascript:alert(1)", "/roll" })
	void configuredAddressMustBeOneOfTheWeb(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> new PagesProperties(URI.create(url)))
			.withMessageContaining("rollcall.public-url");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# interfaces                                       | used for others | best
			wlan0:192.168.0.7                                  | 192.168.0.7     | 192.168.0.7
			docker0:172.17.0.1,wlan0:192.168.0.7               | 172.17.0.1      | 192.168.0.7
			eth0:10.0.0.5,wlan0:192.168.0.7                    | 192.168.0.7     | 192.168.0.7
			eth0:200.17.1.2,wlan0:192.168.0.7                  | 200.17.1.2      | 192.168.0.7
			eth0:200.17.1.2                                    | -               | 200.17.1.2
			tun0:10.8.0.2,tailscale0:100.64.0.1                | 10.8.0.2        | -
			eth0:169.254.3.4                                   | -               | -
			eth0:fd00::2                                       | -               | -
			""")
	void bestAddressIsTheNetworksThatTheClassIsIn(String interfaces, String usedForOthers, String best)
			throws Exception {
		List<LanAddress.Candidate> candidates = Stream.of(interfaces.split(","))
			.map((each) -> new LanAddress.Candidate(each.substring(0, each.indexOf(':')),
					address(each.substring(each.indexOf(':') + 1))))
			.toList();
		InetAddress used = (usedForOthers != null) ? address(usedForOthers) : null;
		assertThat(LanAddress.best(candidates, used).map(InetAddress::getHostAddress).orElse(null)).isEqualTo(best);
	}

	private static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (java.net.UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static MockHttpServletRequest request(String host, int port) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setServerName(host);
		request.setServerPort(port);
		return request;
	}

}
