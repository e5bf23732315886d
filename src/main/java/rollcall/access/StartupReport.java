package rollcall.access;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
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

	private final Environment environment;

	/** Whether this server handles TLS itself. */
	private final boolean encrypted;

	StartupReport(AccessProperties properties, PublicUrl publicUrl, LoginWays ways, Environment environment) {
		this.properties = properties;
		this.publicUrl = publicUrl;
		this.ways = ways;
		this.environment = environment;
		this.encrypted = Ssl.isEnabled(Binder.get(environment).bind("server.ssl", Ssl.class).orElse(null));
	}

	@EventListener
	void report(WebServerInitializedEvent event) {
		int port = event.getWebServer().getPort();
		logger.info("To stop the server: Ctrl-C in this window, or kill {} (SIGTERM)", ProcessHandle.current().pid());
		logger.info("Students: {} - open to every client in the network", studentAddress(port));
		if (this.ways.isNone()) {
			logger.info("Teachers: only at this machine, at {}://localhost:{}/teacher, because none is configured",
					scheme(), port);
			logger.info("To let a teacher log in from another machine: run java -jar rollcall.jar {}, then set "
					+ "rollcall.teachers[0].name and .password-hash to its output", HashPassword.WORD);
			logger.info("Before you put anything in front of this server (a proxy, a tunnel, a relay), configure a "
					+ "teacher: without one, every client behind it can look like this machine");
			return;
		}
		logger.info("Teachers: {} with a password{}; this machine has no privilege", this.properties.teachers().size(),
				this.ways.tokens() ? ", and holders of a token of the issuer" : "");
		if (!this.publicUrl.isEncrypted() && !this.encrypted) {
			logger.info("Passwords are sent unencrypted, unless a proxy in front of this server handles TLS; then set "
					+ "rollcall.public-url");
		}
		if (this.publicUrl.isEncrypted() && this.properties.trustedProxies().isEmpty() && !this.encrypted) {
			logger
				.warn("rollcall.trusted-proxies does not contain the proxy: all logins seem to come from one address, "
						+ "so wrong passwords delay the logins of all teachers");
		}
	}

	private String scheme() {
		return this.encrypted ? "https" : "http";
	}

	private String studentAddress(int port) {
		if (this.publicUrl.publicUrl() != null) {
			return this.publicUrl.publicUrl().toString();
		}
		InetAddress bound = bound();
		if (bound != null && bound.isLoopbackAddress()) {
			return "only this machine, because server.address is a loopback address";
		}
		return LanAddress.find()
			.map((host) -> scheme() + "://" + host + ":" + port + "/")
			.orElse(scheme() + "://<this machine's address>:" + port + "/");
	}

	private @Nullable InetAddress bound() {
		return this.environment.getProperty("server.address", InetAddress.class);
	}

}
