package rollcall.pages;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.access.HostAndPort;
import rollcall.access.LanAddress;
import rollcall.access.PublicUrl;

import org.springframework.stereotype.Component;

/**
 * Finds the URL of the student's page for phones. It is {@code rollcall.public-url} if
 * this is set, and otherwise the URL that the teacher's browser uses. If that is
 * localhost, which phones cannot reach, it is the address of this machine in the local
 * network.
 */
@Component
class StudentAddress {

	private final @Nullable URI publicUrl;

	StudentAddress(PublicUrl publicUrl) {
		this.publicUrl = publicUrl.publicUrl();
	}

	/**
	 * Finds the URL.
	 * @param request a request of the teacher, for its scheme, host and port
	 * @return the URL, and whether phones can reach it
	 */
	Address seenFrom(HttpServletRequest request) {
		if (this.publicUrl != null) {
			String url = this.publicUrl.toString();
			return new Address(url.endsWith("/") ? url : url + "/", true);
		}
		if (!isLoopback(request.getServerName())) {
			return new Address(url(request, request.getServerName(), request.getServerPort()), true);
		}
		Optional<String> lan = LanAddress.find();
		return lan.map((host) -> new Address(url(request, host, request.getLocalPort()), true))
			.orElseGet(() -> new Address(url(request, request.getServerName(), request.getServerPort()), false));
	}

	private static String url(HttpServletRequest request, String host, int port) {
		int defaultPort = "https".equals(request.getScheme()) ? 443 : 80;
		return request.getScheme() + "://" + host + ((port == defaultPort) ? "" : ":" + port) + request.getContextPath()
				+ "/";
	}

	static boolean isLoopback(String host) {
		return host.toLowerCase(Locale.ROOT).endsWith(".localhost")
				|| HostAndPort.parse(host).filter(HostAndPort::isLoopback).isPresent();
	}

	/**
	 * An address for phones.
	 *
	 * @param url URL of the student's page, with a slash at its end; a class number after
	 * it makes the short link of that class
	 * @param reachable false if this machine has only a loopback address
	 */
	record Address(String url, boolean reachable) {
	}

}
