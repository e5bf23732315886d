package rollcall.load;

import org.apache.catalina.connector.Connector;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Puts the bounds into Tomcat. {@link BodyValve} comes after the error report, which
 * writes its refusals, and before {@link PipeliningValve}, because what follows the body
 * is another request.
 */
@Component
class TomcatBounds implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	/**
	 * Requests and answers are small; Tomcat's 8 KiB are a fifth of what a connection
	 * costs.
	 */
	private static final String SOCKET_BUFFER_BYTES = "2048";

	/**
	 * What the kernel keeps for a client that does not read. Left to itself it takes
	 * megabytes, and a thread fills them.
	 */
	private static final String KERNEL_BUFFER_BYTES = "32768";

	/** How long a body may pause. */
	private static final String BODY_SILENCE_MS = "8000";

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.setProtocol(BoundedConnections.class.getName());
		factory.addContextValves(new PipeliningValve(), new BodyValve());
		factory.addConnectorCustomizers(TomcatBounds::boundBuffers);
	}

	private static void boundBuffers(Connector connector) {
		connector.setProperty("disableUploadTimeout", "false");
		connector.setProperty("connectionUploadTimeout", BODY_SILENCE_MS);
		connector.setProperty("socket.appReadBufSize", SOCKET_BUFFER_BYTES);
		connector.setProperty("socket.appWriteBufSize", SOCKET_BUFFER_BYTES);
		connector.setProperty("socket.txBufSize", KERNEL_BUFFER_BYTES);
	}

}
