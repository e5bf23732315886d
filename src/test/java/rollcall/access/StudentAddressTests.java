package rollcall.access;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.access.StudentAddress.Addresses;
import rollcall.access.StudentAddress.Candidate;
import rollcall.access.StudentAddress.Page;
import rollcall.settings.StartupFailure;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StudentAddressTests {

	private static final List<LanAddress> NETWORKS = List.of(new LanAddress("192.168.0.7", "wlan0", true),
			new LanAddress("192.168.56.1", "vboxnet0", false));

	/** The server listens on port 8080 of all addresses. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					# page                       | candidates
					http://localhost:8080        | http://192.168.0.7:8080/ http://192.168.56.1:8080/
					http://127.0.0.1:8080        | http://192.168.0.7:8080/ http://192.168.56.1:8080/
					http://[::1]:8080            | http://192.168.0.7:8080/ http://192.168.56.1:8080/
					http://localhost:18103       | http://192.168.0.7:18103/ http://192.168.0.7:8080/ http://192.168.56.1:18103/ http://192.168.56.1:8080/
					https://localhost            | https://192.168.0.7/ http://192.168.0.7:8080/ https://192.168.56.1/ http://192.168.56.1:8080/
					http://192.168.0.7:8080      | http://192.168.0.7:8080/ http://192.168.56.1:8080/
					http://192.168.56.1:8080     | http://192.168.56.1:8080/ http://192.168.0.7:8080/
					http://10.1.2.3              | http://10.1.2.3/
					http://roll.example.org      | http://roll.example.org/
					https://roll.example.org:444 | https://roll.example.org:444/
					http://laptop.local:8080     | http://laptop.local:8080/ http://192.168.0.7:8080/ http://192.168.56.1:8080/
					http://LAB_PC01:8080         | http://lab_pc01:8080/ http://192.168.0.7:8080/ http://192.168.56.1:8080/
					""")
	void pageDecidesPortAndSchemeAndThisMachineReplacesLocalhost(String page, String candidates) {
		Addresses found = address(null).find(page(page), 8080, NETWORKS);
		assertThat(found.candidates().stream().map(Candidate::url)).containsExactly(candidates.split(" "));
		assertThat(found.url()).isEqualTo(found.candidates().get(0).url());
		assertThat(found.reachable()).isTrue();
	}

	@Test
	void candidateHasTheNameOfItsAdapter() {
		Addresses found = address(null).find(page("http://192.168.0.7:8080"), 8080, NETWORKS);
		assertThat(found.candidates()).containsExactly(new Candidate("http://192.168.0.7:8080/", "wlan0", true),
				new Candidate("http://192.168.56.1:8080/", "vboxnet0", false));
	}

	@Test
	void withoutANetworkNoPhoneCanReachTheServer() {
		Addresses alone = address(null).find(page("http://localhost:8080"), 8080, List.of());
		assertThat(alone.url()).isEqualTo("http://localhost:8080/");
		assertThat(alone.reachable()).isFalse();
		Addresses virtual = address(null).find(page("http://localhost:8080"), 8080, NETWORKS.subList(1, 2));
		assertThat(virtual.url()).isEqualTo("http://192.168.56.1:8080/");
		assertThat(virtual.reachable()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			127.0.0.1   | 8080  | false | http://localhost:8080/
			127.0.0.1   | 18103 | true  | http://192.168.0.7:18103/ http://192.168.56.1:18103/
			192.168.0.7 | 8080  | true  | http://192.168.0.7:8080/
			0.0.0.0     | 8080  | true  | http://192.168.0.7:8080/ http://192.168.56.1:8080/
			""")
	void addressOnWhichTheServerDoesNotListenIsNotOffered(String bound, int port, boolean reachable, String urls) {
		Addresses found = new StudentAddress(new PublicUrl(null),
				new MockEnvironment().withProperty("server.address", bound))
			.find(page("http://localhost:" + port), 8080, NETWORKS);
		assertThat(found.candidates().stream().map(Candidate::url)).containsExactly(urls.split(" "));
		assertThat(found.reachable()).isEqualTo(reachable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://roll.example.org", "http://LAB_PC01:8080", "https://roll.example.org/" })
	void publicUrlIsTheOnlyAddress(String url) {
		Addresses found = address(url).find(page("http://localhost:8080"), 8080, NETWORKS);
		assertThat(found).isEqualTo(Addresses.of(List.of(new Candidate(url.replaceFirst("/?$", "/"), null, true))));
	}

	@Test
	void serverWithTlsIsReportedWithHttps() {
		StudentAddress server = new StudentAddress(new PublicUrl(null),
				new MockEnvironment().withProperty("server.ssl.bundle", "school"));
		assertThat(server.local(8443)).isEqualTo("https://localhost:8443/");
		assertThat(server.local(443)).isEqualTo("https://localhost/");
		assertThat(server.find(page("https://localhost:8443"), 8443, NETWORKS).url())
			.isEqualTo("https://192.168.0.7:8443/");
		assertThat(server.isEncrypted()).isTrue();
	}

	@Test
	void pageBehindATlsProxyIsHttps() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("Host", "roll.example.org");
		assertThat(Page.of(request).url()).isEqualTo("http://roll.example.org/");
		request.addHeader("Referer", "https://roll.example.org/teacher");
		assertThat(Page.of(request).url()).isEqualTo("https://roll.example.org/");
	}

	@Test
	void refererOfAnotherHostIsIgnored() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("Host", "roll.example.org:8080");
		request.addHeader("Referer", "https://roll.example.org/teacher");
		assertThat(Page.of(request).url()).isEqualTo("http://roll.example.org:8080/");
	}

	@Test
	void requestWithoutHostIsFromThisMachine() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setLocalPort(8080);
		assertThat(Page.of(request).url()).isEqualTo("http://localhost:8080/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "roll.example.org", "ftp://roll.example.org", "javascript:alert(1)", "/roll",
			"https://ana:secret@roll.example.org", "https:///" })
	void publicUrlMustBeAWebAddress(String url) {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> address(url))
			.withMessage("rollcall.public-url is not an http or https address");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org/roll", "https://example.org/roll/", "https://example.org/?a=1",
			"https://example.org/#top", "https://LAB_PC01/roll" })
	void publicUrlWithAPathIsRefused(String url) {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> address(url))
			.withMessageContaining("only at the root of a host");
		assertThatCode(() -> address(url.replaceFirst("(//[^/]+).*", "$1"))).doesNotThrowAnyException();
	}

	private static StudentAddress address(String publicUrl) {
		URI url = (publicUrl != null) ? URI.create(publicUrl) : null;
		return new StudentAddress(new PublicUrl(url), new MockEnvironment());
	}

	private static Page page(String url) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setScheme(url.substring(0, url.indexOf(':')));
		request.addHeader("Host", url.substring(url.indexOf("//") + 2));
		return Page.of(request);
	}

}
