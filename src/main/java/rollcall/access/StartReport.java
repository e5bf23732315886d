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
 * Says at start, in plain words, who may do what and how to change that.
 */
@Component
class StartReport {

	private static final Logger logger = LoggerFactory.getLogger(StartReport.class);

	private final AccessProperties properties;

	private final Environment environment;

	/** Whether this server itself, and not a proxy, does TLS. */
	private final boolean encrypted;

	StartReport(AccessProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
		this.encrypted = Ssl.isEnabled(Binder.get(environment).bind("server.ssl", Ssl.class).orElse(null));
	}

	@EventListener
	void report(WebServerInitializedEvent event) {
		int port = event.getWebServer().getPort();
		logger.info("To stop the server: Ctrl-C in this window, or kill {} (SIGTERM)", ProcessHandle.current().pid());
		logger.info("Students: {} - open to everybody who reaches it", studentAddress(port));
		boolean tokens = LoginWays.of(this.environment).tokens();
		if (this.properties.teachers().isEmpty() && !tokens) {
			logger.info("Teachers: only at this machine, at {}://localhost:{}/teacher, because none is configured",
					scheme(), port);
			logger.info("To let a teacher in from elsewhere: java -jar rollcall.jar {}, then set "
					+ "rollcall.teachers[0].name and .password-hash to what it prints", HashPassword.WORD);
			logger.info("Before you put anything in front of this server (a proxy, a tunnel, a relay), configure a "
					+ "teacher: without one, everybody behind it can look like this machine");
			return;
		}
		logger.info("Teachers: {} with a password{}; this machine has no privilege", this.properties.teachers().size(),
				tokens ? ", and holders of a token of the issuer" : "");
		if (!this.properties.isPublicUrlEncrypted() && !this.encrypted) {
			logger.info("Passwords travel unencrypted unless a proxy with TLS stands in front; if one does, say so "
					+ "with rollcall.public-url");
		}
		if (this.properties.isPublicUrlEncrypted() && this.properties.trustedProxies().isEmpty() && !this.encrypted) {
			logger.warn("rollcall.trusted-proxies does not name the proxy: all logins seem to come from one address, "
					+ "so that a guesser slows down the logins of everybody");
		}
	}

	private String scheme() {
		return this.encrypted ? "https" : "http";
	}

	private String studentAddress(int port) {
		if (this.properties.publicUrl() != null) {
			return this.properties.publicUrl().toString();
		}
		InetAddress bound = bound();
		if (bound != null && bound.isLoopbackAddress()) {
			return "nobody but this machine, since server.address is its own loopback";
		}
		return LanAddress.find()
			.map((host) -> scheme() + "://" + host + ":" + port + "/")
			.orElse(scheme() + "://<this machine's address>:" + port + "/");
	}

	private @Nullable InetAddress bound() {
		return this.environment.getProperty("server.address", InetAddress.class);
	}

}
