package rollcall.access;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

import org.springframework.http.HttpHeaders;

/**
 * The first to see a request, so that what it says holds for every answer, Tomcat's own
 * included, and the peer is known before anything can have changed it.
 */
class EntryValve extends ValveBase {

	/** Answers are data: nothing in them runs, and no page may show them. */
	static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

	/** Swagger UI brings styles and images inside its own files. */
	private static final String DOCS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
			+ "frame-ancestors 'none'";

	private static final String DOCS = "/swagger-ui/";

	EntryValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		Peer.remember(request);
		String uri = request.getRequestURI();
		response.setHeader("Content-Security-Policy",
				(uri != null && uri.startsWith(DOCS)) ? DOCS_POLICY : DATA_POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("X-Frame-Options", "DENY");
		response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
		// Not "no-referrer": with it a page's own form would be sent with "Origin: null".
		response.setHeader("Referrer-Policy", "same-origin");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		getNext().invoke(request, response);
	}

}
