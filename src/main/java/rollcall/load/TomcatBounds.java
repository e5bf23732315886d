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
	 * The kernel's send buffer of a connection. The kernel's own choice is several
	 * megabytes, and a thread would fill them for a client that does not read.
	 */
	private static final String KERNEL_BUFFER_BYTES = "32768";

	/** The longest pause within a body. */
	private static final String BODY_PAUSE_MS = "8000";

	private static final int UNLIMITED = -1;

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.setProtocol(BoundedConnections.class.getName());
		factory.addContextValves(new BodyValve());
		factory.addConnectorCustomizers(TomcatBounds::boundBuffers, TomcatBounds::removeCountLimits);
	}

	private static void boundBuffers(Connector connector) {
		connector.setProperty("disableUploadTimeout", "false");
		connector.setProperty("connectionUploadTimeout", BODY_PAUSE_MS);
		connector.setProperty("socket.appReadBufSize", SOCKET_BUFFER_BYTES);
		connector.setProperty("socket.appWriteBufSize", SOCKET_BUFFER_BYTES);
		connector.setProperty("socket.txBufSize", KERNEL_BUFFER_BYTES);
	}

	/**
	 * A browser may send more than 10 languages or 200 cookies. With these defaults
	 * Tomcat would throw an exception. The size limit of the header also limits both
	 * numbers.
	 */
	private static void removeCountLimits(Connector connector) {
		connector.setMaxLocaleCount(UNLIMITED);
		connector.setMaxCookieCount(UNLIMITED);
	}

}
