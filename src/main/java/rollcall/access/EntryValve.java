package rollcall.access;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Receives every request first, and replaces Tomcat's error page: it sets the headers of
 * all answers, Tomcat's own included, makes Tomcat, Spring and the actuator agree on
 * {@code Accept} and {@code Allow}, and writes the problem of an error without a body.
 */
class EntryValve extends ErrorReportValve {

	/**
	 * API answers are data: a browser must not run scripts in them or show them in a
	 * frame.
	 */
	private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
			+ "form-action 'none'";

	/** Swagger UI has inline styles, and images in data URLs. */
	private static final String DOCS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
			+ "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; "
			+ "frame-ancestors 'none'";

	private static final String DOCS = "/swagger-ui/";

	private static final String OPTIONS = "OPTIONS";

	private static final String TRACE_ATTRIBUTE = EntryValve.class.getName() + ".TRACE";

	private final Problems problems;

	EntryValve(Problems problems) {
		this.problems = problems;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		ClientConnection.remember(request);
		if ("TRACE".equals(request.getMethod())) {
			passOnAsOptions(request, response);
		}
		setHeaders(request, response);
		cleanHeaders(request);
		super.invoke(request, response);
	}

	/**
	 * Tomcat's own refusal of TRACE names methods that the path does not have. Passed on
	 * as OPTIONS, the request gets the right ones; {@link #report} refuses it then.
	 */
	private static void passOnAsOptions(Request request, Response response) {
		response.reset();
		response.setSuspended(false);
		request.getCoyoteRequest().setMethod(OPTIONS);
		request.setAttribute(TRACE_ATTRIBUTE, true);
	}

	private static void setHeaders(Request request, Response response) {
		String uri = request.getRequestURI();
		response.setHeader("Content-Security-Policy",
				(uri != null && uri.startsWith(DOCS)) ? DOCS_POLICY : DATA_POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("X-Frame-Options", "DENY");
		response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
		// With "no-referrer" browsers would send a page's own form with "Origin: null".
		response.setHeader("Referrer-Policy", "same-origin");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
	}

	private static void cleanHeaders(Request request) {
		MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
		if (OPTIONS.equals(request.getMethod())) {
			// The server permits no foreign origin, so a preflight is a plain OPTIONS.
			headers.removeHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
		}
		String accept = headers.getHeader(HttpHeaders.ACCEPT);
		if (accept != null && accept.replace(',', ' ').isBlank()) {
			headers.removeHeader(HttpHeaders.ACCEPT);
		}
	}

	/**
	 * Completes an answer that is not committed. While an asynchronous request is not
	 * finished, another thread may be writing its answer.
	 */
	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		if (!request.isAsync()) {
			unifyAllow(response);
		}
		boolean refusedTrace = request.getAttribute(TRACE_ATTRIBUTE) != null
				&& response.getStatus() == HttpStatus.OK.value();
		if (refusedTrace) {
			write(ProblemType.METHOD_NOT_ALLOWED, request, response);
		}
		else if (response.getStatus() >= 400 && response.getContentWritten() == 0) {
			write(ProblemType.ofStatus(response.getStatus()), request, response);
		}
	}

	private void write(ProblemType type, Request request, Response response) {
		try {
			this.problems.write(new ProblemException(type, Map.of()), request, response);
			response.finishResponse();
		}
		catch (IOException ex) {
			// The connection is broken, so no client can receive the answer.
		}
	}

	private static void unifyAllow(Response response) {
		String allow = response.getHeader(HttpHeaders.ALLOW);
		if (allow == null) {
			return;
		}
		if (response.getStatus() == HttpStatus.OK.value()
				|| response.getStatus() == HttpStatus.METHOD_NOT_ALLOWED.value()) {
			response.setHeader(HttpHeaders.ALLOW, complete(allow));
		}
		else {
			// The servlet sends its own list, also for a path that does not exist.
			response.getCoyoteResponse().getMimeHeaders().removeHeader(HttpHeaders.ALLOW);
		}
	}

	/** Returns the methods in alphabetical order, with those that Spring always adds. */
	private static String complete(String allow) {
		SortedSet<String> methods = new TreeSet<>(Arrays.asList(allow.split("[, ]+")));
		if (methods.contains("GET")) {
			methods.add("HEAD");
		}
		methods.add(OPTIONS);
		return String.join(", ", methods);
	}

}
