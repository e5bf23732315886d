package rollcall.access;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.http.HttpHeaders;

/**
 * The only filter of this program that a presence passes. It refuses unknown hosts and
 * foreign origins, for all clients and all ways to log in. Open paths skip Spring
 * Security: an empty chain with its firewall costs a presence 7 % more CPU (measured).
 */
class AccessFilter implements Filter {

	/**
	 * Paths that need no login: the student's page with its files, the projector's page,
	 * the files that every browser asks for, presences, health, and the API documents.
	 * The path is compared as it was sent: a path with an escape ({@code %63}) or a
	 * parameter ({@code ;x}) is not open. Only the letters of a projector's address may
	 * have spaces and dashes between them.
	 */
	private static final Pattern OPEN = Pattern.compile(
			String.join("|", "/classes/[^/;]++/presence", "/", "/[0-9]+", "/[0-9]+/(?:receipt|deadline|[A-Za-z]{6})",
					"/[pP]/(?:[A-Za-z0-9-]|%20){1,16}(?:/state)?", "/robots\\.txt", "/apple-touch-icon[a-z0-9-]*\\.png",
					"/assets/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*", "/favicon\\.ico",
					"/actuator/health(?:/[a-z]+)?", "/v3/api-docs(?:\\.yaml|/swagger-config)?", "/swagger-ui\\.html",
					"/swagger-ui/[A-Za-z0-9_-][A-Za-z0-9._-]*", "/asyncapi\\.yaml"));

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

	private final OriginPolicy origins;

	private final Problems problems;

	private final Filter security;

	/**
	 * Creates the filter.
	 * @param origins decides about hosts and origins
	 * @param problems writes the refusals
	 * @param security Spring Security's filters, for all paths that are not open
	 */
	AccessFilter(OriginPolicy origins, Problems problems, Filter security) {
		this.origins = origins;
		this.problems = problems;
		this.security = security;
	}

	@Override
	public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest request = (HttpServletRequest) servletRequest;
		HttpServletResponse response = (HttpServletResponse) servletResponse;
		if (!this.origins.isKnownHost(request)) {
			refuse(ProblemType.UNKNOWN_HOST, request, response);
		}
		else if (mayChangeSomething(request) && !this.origins.isSameOrigin(request)) {
			refuse(ProblemType.FOREIGN_ORIGIN, request, response);
		}
		else if (isOpen(request)) {
			chain.doFilter(request, response);
		}
		else {
			this.security.doFilter(request, response, chain);
		}
	}

	private void refuse(ProblemType type, HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.problems.write(new ProblemException(type, Map.of()), request, response);
	}

	private static boolean mayChangeSomething(HttpServletRequest request) {
		return !SAFE_METHODS.contains(request.getMethod()) || request.getHeader(HttpHeaders.UPGRADE) != null;
	}

	private static boolean isOpen(HttpServletRequest request) {
		return OPEN.matcher(request.getRequestURI()).matches();
	}

}
