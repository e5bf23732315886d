package rollcall.access;

import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.access.StudentAddress.Addresses;

import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Logs at the start how students and teachers get access, and how to change this.
 */
@Component
class StartupReport {

	private static final Logger logger = LoggerFactory.getLogger(StartupReport.class);

	private final AccessProperties properties;

	private final PublicUrl publicUrl;

	private final LoginWays ways;

	private final StudentAddress address;

	StartupReport(AccessProperties properties, PublicUrl publicUrl, LoginWays ways, StudentAddress address) {
		this.properties = properties;
		this.publicUrl = publicUrl;
		this.ways = ways;
		this.address = address;
	}

	@EventListener
	void report(WebServerInitializedEvent event) {
		int port = event.getWebServer().getPort();
		logger.info("To stop the server: Ctrl-C in this window, or kill {} (SIGTERM)", ProcessHandle.current().pid());
		reportAddresses(this.address.atStart(port));
		if (this.ways.isNone()) {
			logger.info("Teachers: only at this machine, at {}teacher, because none is configured",
					this.address.local(port));
			logger.info("To let a teacher log in from another machine: run java -jar rollcall.jar {}, then set "
					+ "rollcall.teachers[0].name and .password-hash to its output", HashPassword.WORD);
			logger.info("Before you put anything in front of this server (a proxy, a tunnel, a relay), configure a "
					+ "teacher: without one, every client behind it can look like this machine");
			return;
		}
		logger.info("Teachers: {} with a password{}; this machine has no privilege", this.properties.teachers().size(),
				this.ways.tokens() ? ", and holders of a token of the issuer" : "");
		if (!this.publicUrl.isEncrypted() && !this.address.isEncrypted()) {
			logger.info("Passwords are sent unencrypted, unless a proxy in front of this server handles TLS; then set "
					+ "rollcall.public-url");
		}
		if (this.publicUrl.isEncrypted() && this.properties.trustedProxies().isEmpty() && !this.address.isEncrypted()) {
			logger
				.warn("rollcall.trusted-proxies does not contain the proxy: all logins seem to come from one address, "
						+ "so wrong passwords delay the logins of all teachers");
		}
	}

	private void reportAddresses(Addresses addresses) {
		if (addresses.reachable()) {
			logger.info("Students: {} - open to every client in the network", addresses.url());
		}
		else {
			logger.info("Students: probably no phone can reach {}, because this machine is in no network or "
					+ "server.address is a loopback address", addresses.url());
		}
		if (addresses.candidates().size() > 1) {
			logger.info("Other addresses of this machine, to choose on the dashboard: {}",
					addresses.candidates()
						.stream()
						.skip(1)
						.map((other) -> other.url() + " (" + other.adapter() + ")")
						.collect(Collectors.joining(", ")));
		}
	}

}
