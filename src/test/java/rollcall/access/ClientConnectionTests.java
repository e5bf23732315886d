package rollcall.access;

import java.net.InetAddress;
import java.util.List;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The address of the client in all forms that Tomcat may return, without a network.
 */
class ClientConnectionTests {

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, true", "127.8.8.8, true", "::1, true", "0:0:0:0:0:0:0:1, true", "::ffff:127.0.0.1, true",
			"192.168.1.7, false", "10.0.0.1, false", "169.254.1.1, false", "172.17.0.1, false", "0.0.0.0, false",
			"128.0.0.1, false", "::, false", "fe80::1%2, false", "fd00::1, false", "2001:db8::1, false",
			"::ffff:10.0.0.1, false" })
	void loopbackAddressIsThisMachine(String address, boolean local) {
		assertThat(ClientConnection.isThisMachine(requestFrom(address), List.of())).isEqualTo(local);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1", "::1" })
	void trustedProxyIsNotThisMachine(String address) throws Exception {
		assertThat(ClientConnection.isThisMachine(requestFrom(address), List.of(InetAddress.getByName(address))))
			.isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "X-Forwarded-For", "x-forwarded-port", "X-Forwarded", "Forwarded", "X-Real-IP", "Via" })
	void forwardedRequestIsNotFromThisMachine(String header) {
		MockHttpServletRequest request = requestFrom("127.0.0.1");
		request.addHeader(header, "127.0.0.1");
		assertThat(ClientConnection.isThisMachine(request, List.of())).isFalse();
	}

	@Test
	void remoteAddressOfTheRequestIsIgnored() {
		MockHttpServletRequest request = requestFrom("192.168.1.7");
		request.setRemoteAddr("127.0.0.1");
		assertThat(ClientConnection.isThisMachine(request, List.of())).isFalse();
		MockHttpServletRequest unknown = new MockHttpServletRequest();
		unknown.setRemoteAddr("127.0.0.1");
		assertThat(ClientConnection.isThisMachine(unknown, List.of())).isFalse();
	}

	private static MockHttpServletRequest requestFrom(String address) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		ClientConnection.remember(new ConnectedRequest(address, request));
		return request;
	}

	/** Tomcat's request with a peer, and with the attributes of the servlet request. */
	private static final class ConnectedRequest extends Request {

		private final String address;

		private final MockHttpServletRequest request;

		ConnectedRequest(String address, MockHttpServletRequest request) {
			super(new Connector(), new org.apache.coyote.Request());
			this.address = address;
			this.request = request;
		}

		@Override
		public String getPeerAddr() {
			return this.address;
		}

		@Override
		public void setAttribute(String name, Object value) {
			this.request.setAttribute(name, value);
		}

	}

}
