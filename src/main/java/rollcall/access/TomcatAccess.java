package rollcall.access;

import java.util.stream.Collectors;
import java.util.regex.Pattern;
import java.net.InetAddress;

import org.apache.catalina.valves.RemoteIpValve;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Puts {@link EntryValve} in front of everything in Tomcat, and after it, only if proxies
 * are named, what believes their headers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TomcatAccess implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private final AccessProperties properties;

	TomcatAccess(AccessProperties properties) {
		this.properties = properties;
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addEngineValves(new EntryValve());
		if (!this.properties.trustedProxies().isEmpty()) {
			factory.addEngineValves(proxyValve());
		}
	}

	private RemoteIpValve proxyValve() {
		RemoteIpValve valve = new RemoteIpValve();
		// Tomcat's own default is every private range: every phone in the room.
		valve.setInternalProxies(this.properties.trustedProxyAddresses()
			.stream()
			.map(InetAddress::getHostAddress)
			.map(Pattern::quote)
			.collect(Collectors.joining("|")));
		valve.setRemoteIpHeader("X-Forwarded-For");
		valve.setProtocolHeader("X-Forwarded-Proto");
		return valve;
	}

}
