package rollcall.load;

import org.apache.catalina.connector.Connector;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Adds the limits to Tomcat. {@link BodyValve} is a valve of the context, so that the
 * valve of the host can write the answers to its refusals.
 */
@Component
class TomcatBounds implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	/**
	 * Requests and answers are small. Tomcat's default of 8 KiB is a fifth of the memory
	 * of a connection.
	 */
	private static final String SOCKET_BUFFER_BYTES = "2048";

	/**
	 * The kernel's buffer for a client that does not read. The kernel's own choice is
	 * megabytes, which a thread would fill.
	 */
	private static final String KERNEL_BUFFER_BYTES = "32768";

	/** The longest pause within a body. */
	private static final String BODY_PAUSE_MS = "8000";

	private static final int UNLIMITED = -1;

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.setProtocol(BoundedConnections.class.getName());
		factory.addContextValves(new BodyValve());
		factory.addConnectorCustomizers(TomcatBounds::boundBuffers, TomcatBounds::liftCounts);
	}

	private static void boundBuffers(Connector connector) {
		connector.setProperty("disableUploadTimeout", "false");
		connector.setProperty("connectionUploadTimeout", BODY_PAUSE_MS);
		connector.setProperty("socket.appReadBufSize", SOCKET_BUFFER_BYTES);
		connector.setProperty("socket.appWriteBufSize", SOCKET_BUFFER_BYTES);
		connector.setProperty("socket.txBufSize", KERNEL_BUFFER_BYTES);
	}

	/**
	 * A browser may send more languages and cookies than Tomcat's defaults of 10 and 200,
	 * and Tomcat throws then. The size of the header limits both.
	 */
	private static void liftCounts(Connector connector) {
		connector.setMaxLocaleCount(UNLIMITED);
		connector.setMaxCookieCount(UNLIMITED);
	}

}
