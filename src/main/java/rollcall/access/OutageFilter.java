package rollcall.access;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 when a login cannot be checked: the database of the shared sessions or the
 * issuer of tokens does not answer. Without it the container would answer 500.
 */
class OutageFilter extends OncePerRequestFilter {

	private final Problems problems;

	OutageFilter(Problems problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (DataAccessException ex) {
			answer(ex, request, response, ex);
		}
		catch (AuthenticationServiceException ex) {
			answer(new ProblemException(ProblemType.ISSUER_UNAVAILABLE, Map.of()), request, response, ex);
		}
	}

	private void answer(RuntimeException problem, HttpServletRequest request, HttpServletResponse response,
			RuntimeException cause) throws IOException {
		if (response.isCommitted()) {
			throw cause;
		}
		response.resetBuffer();
		this.problems.write(problem, request, response);
	}

}
