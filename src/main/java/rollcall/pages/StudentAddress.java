package rollcall.pages;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Where phones reach the student's page: the configured address, else the one on which
 * the teacher sees the dashboard, unless that is localhost, which on a phone is the phone
 * itself: then this machine's address in its network.
 */
@Component
class StudentAddress {

	private final @Nullable URI publicUrl;

	StudentAddress(PagesProperties properties) {
		this.publicUrl = properties.publicUrl();
	}

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
		int usual = "https".equals(request.getScheme()) ? 443 : 80;
		return request.getScheme() + "://" + host + ((port == usual) ? "" : ":" + port) + request.getContextPath()
				+ "/";
	}

	static boolean isLoopback(String host) {
		String name = host.toLowerCase(Locale.ROOT);
		return name.equals("localhost") || name.endsWith(".localhost") || name.matches("127(\\.[0-9]{1,3}){3}")
				|| name.equals("[::1]") || name.equals("[0:0:0:0:0:0:0:1]");
	}

	/**
	 * The address for phones.
	 *
	 * @param url the student's page, ending with a slash; a class's number makes its
	 * short link
	 * @param reachable false if this machine has no address but its own loopback
	 */
	record Address(String url, boolean reachable) {
	}

}
