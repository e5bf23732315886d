package rollcall.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;

/**
 * Moves clients to other nodes before this one stops. The readiness probe answers 503 at
 * once. In the first half of the drain time, load balancers notice that. In the second
 * half, the node accepts no new connection, answers one last request on each open
 * connection, and closes the sockets one after the other. Then Tomcat finishes the
 * requests in progress.
 * <p>
 * This is an event listener and not a lifecycle bean: Spring stops its executors before
 * the first lifecycle bean, and that would disconnect all dashboards at the same time.
 */
@Component
@EnableConfigurationProperties(Drain.Settings.class)
class Drain {

	private static final Logger logger = LoggerFactory.getLogger(Drain.class);

	private final OpenSockets sockets;

	private final Duration time;

	private final List<AbstractHttp11Protocol<?>> protocols = new CopyOnWriteArrayList<>();

	Drain(OpenSockets sockets, Settings settings) {
		this.sockets = sockets;
		this.time = settings.drain();
	}

	@EventListener
	void remember(WebServerInitializedEvent event) {
		if (event.getWebServer() instanceof TomcatWebServer server && server.getTomcat()
			.getConnector()
			.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
			this.protocols.add(protocol);
		}
	}

	/** Runs after the listener that makes the readiness probe answer 503. */
	@EventListener
	@Order(Ordered.LOWEST_PRECEDENCE)
	void leave(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() != ReadinessState.REFUSING_TRAFFIC) {
			return;
		}
		if (!this.time.isZero()) {
			logger.info("This node stops in {} s", this.time.toMillis() / 1_000.0);
		}
		try {
			Duration half = this.time.dividedBy(2);
			Thread.sleep(half.toMillis());
			if (!this.time.isZero()) {
				// Each answer says "Connection: close" from now on. Requests on new
				// connections would be lost, so none are accepted.
				this.protocols.forEach(AbstractHttp11Protocol::closeServerSocketGraceful);
			}
			long began = System.nanoTime();
			this.sockets.close(CloseStatus.SERVICE_RESTARTED, half);
			Thread.sleep(Math.max(0, half.minusNanos(System.nanoTime() - began).toMillis()));
			// Also closes sockets that clients have opened again on this node.
			this.sockets.close(CloseStatus.SERVICE_RESTARTED, Duration.ZERO);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * The setting of the drain.
	 *
	 * @param drain how long the node continues to serve requests after the signal to stop
	 */
	@ConfigurationProperties("rollcall")
	record Settings(@DefaultValue("0s") Duration drain) {

		private static final Duration LONGEST = Duration.ofHours(1);

		Settings {
			if (drain.isNegative() || drain.compareTo(LONGEST) > 0) {
				throw new IllegalArgumentException("rollcall.drain must be from 0 to 1h");
			}
		}

	}

}
