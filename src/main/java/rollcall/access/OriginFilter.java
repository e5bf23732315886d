package rollcall.access;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The one rule against pages of others, for everybody and whatever the login: the server
 * is addressed by a name of its own, and what may change something, or opens a socket,
 * comes from no other origin.
 */
@Component
@Order(OriginFilter.ORDER)
class OriginFilter extends OncePerRequestFilter {

	static final int ORDER = Ordered.HIGHEST_PRECEDENCE;

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

	private final Hosts hosts;

	private final Problems problems;

	OriginFilter(Hosts hosts, Problems problems) {
		this.hosts = hosts;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.hosts.isKnown(request)) {
			this.problems.write(new ProblemException(ProblemType.UNKNOWN_HOST, Map.of()), request, response);
		}
		else if (mayChangeSomething(request) && !this.hosts.isSameOrigin(request)) {
			this.problems.write(new ProblemException(ProblemType.FOREIGN_ORIGIN, Map.of()), request, response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private static boolean mayChangeSomething(HttpServletRequest request) {
		return !SAFE_METHODS.contains(request.getMethod()) || request.getHeader(HttpHeaders.UPGRADE) != null;
	}

}
