package rollcall.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Finds the address of the student's page for phones, by one rule for the start report,
 * the pages and the consoles. It is {@code rollcall.public-url} if this is set, and
 * otherwise the address that the teacher's browser uses. If that is localhost, which
 * phones cannot reach, the addresses of this machine replace it.
 */
@Component
public class StudentAddress {

	private final @Nullable String publicUrl;

	/** The only address on which this server listens, null for all. */
	private final @Nullable InetAddress bound;

	/** The scheme of this server's own port. */
	private final String scheme;

	StudentAddress(PublicUrl publicUrl, Environment environment) {
		this.publicUrl = publicUrl.root();
		Binder settings = Binder.get(environment);
		this.bound = settings.bind("server.address", InetAddress.class).orElse(null);
		boolean encrypted = Ssl.isEnabled(settings.bind("server.ssl", Ssl.class).orElse(null));
		this.scheme = encrypted ? "https" : "http";
	}

	/**
	 * Finds the addresses for a browser or a console.
	 * @param request a request of the teacher, for its scheme, host and port
	 */
	public Addresses seenFrom(HttpServletRequest request) {
		return find(Page.of(request), request.getLocalPort(), LanAddress.ofThisMachine());
	}

	/**
	 * Finds the best address for a page that is read often: it asks the system for this
	 * machine's networks only if the page was opened at localhost.
	 * @param request a request of the page
	 */
	public String bestSeenFrom(HttpServletRequest request) {
		Page page = Page.of(request);
		boolean own = this.publicUrl == null && !page.host().isLoopback();
		return own ? page.url() : seenFrom(request).url();
	}

	/**
	 * Finds the addresses before the first request.
	 * @param port the port of this server
	 */
	Addresses atStart(int port) {
		return find(new Page(this.scheme, new HostAndPort("localhost", port)), port, LanAddress.ofThisMachine());
	}

	/** Returns the address of this server for browsers on this machine. */
	String local(int port) {
		return new Page(this.scheme, new HostAndPort("localhost", port)).url();
	}

	/** Whether this server handles TLS itself. */
	boolean isEncrypted() {
		return this.scheme.equals("https");
	}

	/**
	 * Applies the rule. The addresses of this machine are alternatives to the page's own
	 * address only if that is one of them, or a name that phones may not know.
	 * @param page the address that the teacher's browser uses
	 * @param localPort the port of this server
	 * @param networks the addresses of this machine, best first
	 */
	Addresses find(Page page, int localPort, List<LanAddress> networks) {
		if (this.publicUrl != null) {
			return Addresses.of(List.of(new Candidate(this.publicUrl, null, true)));
		}
		List<Candidate> found = new ArrayList<>();
		String adapter = networks.stream()
			.filter((network) -> network.host().equals(page.host().host()))
			.map(LanAddress::adapter)
			.findFirst()
			.orElse(null);
		if (!page.host().isLoopback()) {
			found.add(new Candidate(page.url(), adapter, true));
		}
		if (page.host().isLoopback() || adapter != null || page.host().isLocalName()) {
			networks.forEach((network) -> urls(page, localPort, network).filter((url) -> !url.equals(page.url()))
				.forEach((url) -> found.add(new Candidate(url, network.adapter(), network.inNetwork()))));
		}
		if (found.isEmpty()) {
			found.add(new Candidate(page.url(), null, false));
		}
		return Addresses.of(found);
	}

	/**
	 * The URLs of this server in one network: with the port of the page and, if that
	 * belongs to a proxy, also with the server's own port, because a proxy on this
	 * machine may serve this machine only.
	 */
	private Stream<String> urls(Page page, int localPort, LanAddress network) {
		boolean listening = this.bound == null || this.bound.isAnyLocalAddress()
				|| this.bound.getHostAddress().equals(network.host());
		Stream<String> own = listening
				? Stream.of(new Page(this.scheme, new HostAndPort(network.host(), localPort)).url()) : Stream.empty();
		boolean proxied = page.host().port() != localPort;
		return proxied ? Stream.concat(Stream.of(page.at(network.host()).url()), own) : own;
	}

	/**
	 * The address of a page, as a browser uses it.
	 *
	 * @param scheme http or https
	 * @param host host and port
	 */
	record Page(String scheme, HostAndPort host) {

		/**
		 * A request does not say that a proxy has removed the encryption, but it names
		 * the page that sent it.
		 */
		static Page of(HttpServletRequest request) {
			String host = request.getHeader(HttpHeaders.HOST);
			String sender = request.getHeader(HttpHeaders.REFERER);
			boolean encrypted = sender != null && sender.startsWith("https://" + host + "/");
			String scheme = encrypted ? "https" : request.getScheme();
			return new Page(scheme,
					HostAndPort.parse(host)
						.orElseGet(() -> new HostAndPort("localhost", request.getLocalPort()))
						.withDefaultPort(scheme));
		}

		Page at(String otherHost) {
			return new Page(this.scheme, new HostAndPort(otherHost, this.host.port()));
		}

		String url() {
			boolean isDefault = new HostAndPort(this.host.host(), -1).withDefaultPort(this.scheme).equals(this.host);
			return this.scheme + "://" + this.host.host() + (isDefault ? "" : ":" + this.host.port()) + "/";
		}

	}

	/**
	 * The addresses for phones.
	 *
	 * @param url the best URL of the student's page, with a slash at its end; a class
	 * number after it makes the short link of that class
	 * @param reachable false if probably no phone can reach the URL
	 * @param candidates all URLs that a teacher can choose from, the best one first
	 */
	public record Addresses(String url, boolean reachable, List<Candidate> candidates) {

		static Addresses of(List<Candidate> candidates) {
			return new Addresses(candidates.get(0).url(), candidates.get(0).reachable(), candidates);
		}

	}

	/**
	 * A URL that a teacher can choose.
	 *
	 * @param url URL of the student's page
	 * @param adapter name of the network adapter, null if the URL belongs to none
	 * @param reachable false for a tunnel, and for a network of virtual machines
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Candidate(String url, @Nullable String adapter, boolean reachable) {
	}

}
