package rollcall.access;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.Problems;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;

/**
 * Puts the session that the nodes share in front of the chain, where Tomcat's own would
 * be. Not a bean of the filter itself: every request would pass through it, a student's
 * too.
 */
class SharedLogins implements DisposableBean {

	private final Filter sessions;

	private final SocketLogins sockets;

	private final Problems problems;

	SharedLogins(Filter sessions, SocketLogins sockets, Problems problems) {
		this.sessions = sessions;
		this.sockets = sockets;
		this.problems = problems;
	}

	/** The chain with the shared session in front. */
	Filter inFrontOf(Filter chain) {
		return (request, response, rest) -> {
			try {
				this.sessions.doFilter(request, response,
						(asked, answered) -> chain.doFilter(asked, answered, (admitted, answer) -> {
							this.sockets.remember((HttpServletRequest) admitted);
							rest.doFilter(admitted, answer);
						}));
			}
			catch (DataAccessException ex) {
				if (response.isCommitted()) {
					throw ex;
				}
				response.resetBuffer();
				this.problems.write(ex, (HttpServletRequest) request, (HttpServletResponse) response);
			}
		};
	}

	@Override
	public void destroy() {
		this.sockets.close();
	}

}
