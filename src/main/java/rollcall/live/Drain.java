package rollcall.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;

/**
 * Lets everybody go elsewhere before this node stops. Readiness is 503 already; for half
 * of the time whoever passes requests on may notice. In the other half no connection is
 * taken any more, requests on those that are there are answered, the last one on each,
 * and the sockets are closed one by one. What comes after is Tomcat's own: it finishes
 * what it has.
 * <p>
 * It listens to the readiness and is no lifecycle bean: before the first of those is
 * stopped Spring's executors take no more tasks, and dashboards would be cut off at once.
 */
@Component
@EnableConfigurationProperties(DrainProperties.class)
class Drain {

	private static final Logger logger = LoggerFactory.getLogger(Drain.class);

	private final OpenSockets sockets;

	private final Duration time;

	private final List<AbstractHttp11Protocol<?>> protocols = new CopyOnWriteArrayList<>();

	Drain(OpenSockets sockets, DrainProperties properties) {
		this.sockets = sockets;
		this.time = properties.drain();
	}

	@EventListener
	void remember(WebServerInitializedEvent event) {
		if (event.getWebServer() instanceof TomcatWebServer server && server.getTomcat()
			.getConnector()
			.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
			this.protocols.add(protocol);
		}
	}

	/** The last to hear of it: the probes know by then. */
	@EventListener
	@Order(Ordered.LOWEST_PRECEDENCE)
	void leave(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() != ReadinessState.REFUSING_TRAFFIC) {
			return;
		}
		if (!this.time.isZero()) {
			logger.info("Leaving in {} s", this.time.toMillis() / 1_000.0);
		}
		try {
			Duration half = this.time.dividedBy(2);
			Thread.sleep(half.toMillis());
			if (!this.time.isZero()) {
				// Who connects now is refused and goes elsewhere; each answer says
				// "Connection: close". To say so with the door open would lose who is
				// just coming in.
				this.protocols.forEach(AbstractHttp11Protocol::closeServerSocketGraceful);
			}
			long began = System.nanoTime();
			this.sockets.close(CloseStatus.SERVICE_RESTARTED, half);
			Thread.sleep(Math.max(0, half.minusNanos(System.nanoTime() - began).toMillis()));
			// Those who came back to this node.
			this.sockets.close(CloseStatus.SERVICE_RESTARTED, Duration.ZERO);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
