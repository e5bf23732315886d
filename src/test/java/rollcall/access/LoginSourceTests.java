package rollcall.access;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** The source of a login attempt, as the throttle counts it. */
class LoginSourceTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false", "2001:db8::1, 2001:db8::ffff:2, true",
			"2001:db8::1, 2001:db8:0:1::1, false", "fe80::1%eth0, fe80::2%eth1, true",
			"::ffff:192.0.2.1, 192.0.2.1, true" })
	void addressesOfOneNetworkAreOneSource(String one, String other, boolean same) {
		assertThat(source(one).equals(source(other))).isEqualTo(same);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[::", ":", "a:b", "::g", "unknown", "1.2.3.4:80", "for=\"[2001:db8::1]\"" })
	void textInsteadOfAnAddressIsASource(String text) {
		assertThat(source(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(ints = { 65, 8_000 })
	void longTextIsCut(int length) {
		assertThat(source("x".repeat(length))).hasSize(64);
	}

	private static String source(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(address);
		return PasswordAuthenticationProvider.Source.of(request).network();
	}

}
