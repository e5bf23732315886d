package rollcall.problem;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Makes Tomcat, Spring and the actuator agree on headers: {@code Allow} has one form in
 * all answers to a path, and an empty {@code Accept} is none. A TRACE is passed on as
 * OPTIONS and then refused, because Tomcat's own refusal names methods that the path does
 * not have.
 */
class AgreedHeaders extends ValveBase {

	private static final String OPTIONS = "OPTIONS";

	private final Problems problems;

	AgreedHeaders(Problems problems) {
		super(true);
		this.problems = problems;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
		boolean trace = "TRACE".equals(request.getMethod());
		if (trace) {
			FailedAnswer.clear(response);
			response.setSuspended(false);
			request.getCoyoteRequest().setMethod(OPTIONS);
		}
		if (OPTIONS.equals(request.getMethod())) {
			// The server permits no foreign origin: a preflight is a plain OPTIONS.
			headers.removeHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
		}
		String accept = headers.getHeader(HttpHeaders.ACCEPT);
		if (accept != null && accept.replace(',', ' ').isBlank()) {
			headers.removeHeader(HttpHeaders.ACCEPT);
		}
		getNext().invoke(request, response);
		// Another thread may be writing an asynchronous answer. None of those has the
		// header.
		if (!request.isAsync() && !response.isCommitted()) {
			unify(response);
			if (trace && response.getStatus() == HttpStatus.OK.value()) {
				this.problems.write(new ProblemException(ProblemType.METHOD_NOT_ALLOWED, Map.of()), request.getLocale(),
						response);
			}
		}
	}

	private static void unify(Response response) {
		String allow = response.getHeader(HttpHeaders.ALLOW);
		if (allow == null) {
			return;
		}
		if (response.getStatus() == HttpStatus.OK.value()
				|| response.getStatus() == HttpStatus.METHOD_NOT_ALLOWED.value()) {
			response.setHeader(HttpHeaders.ALLOW, complete(allow));
		}
		else {
			// The servlet's own list, which it gives for a path that does not exist.
			response.getCoyoteResponse().getMimeHeaders().removeHeader(HttpHeaders.ALLOW);
		}
	}

	/** The methods in alphabetical order, with those that Spring adds to each path. */
	private static String complete(String allow) {
		SortedSet<String> methods = new TreeSet<>(Arrays.asList(allow.split("[, ]+")));
		if (methods.contains("GET")) {
			methods.add("HEAD");
		}
		methods.add(OPTIONS);
		return String.join(", ", methods);
	}

}
