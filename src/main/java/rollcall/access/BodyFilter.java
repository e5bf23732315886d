package rollcall.access;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over 16 KiB before anything is done, and waits without a thread for one
 * that does not arrive at once: a thousand phones, or one attacker, that send a byte a
 * second would hold all the threads there are.
 */
@Component
@Order(BodyFilter.ORDER)
class BodyFilter extends OncePerRequestFilter {

	static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

	static final int MAX_BODY_BYTES = 16_384;

	/** How long the whole of a body may take; less than Tomcat waits for a byte. */
	private static final long ARRIVES_WITHIN_MS = 8_000;

	private final Problems problems;

	BodyFilter(Problems problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long length = request.getContentLengthLong();
		if (length > MAX_BODY_BYTES) {
			refuse(ProblemType.BODY_TOO_LARGE, request, response);
		}
		else if (request instanceof ArrivedRequest || isComplete(request, length)) {
			chain.doFilter(request, response);
		}
		else {
			ArrivedRequest arrived = new ArrivedRequest(request);
			AsyncContext context = request.startAsync(arrived, response);
			context.setTimeout(ARRIVES_WITHIN_MS);
			request.getInputStream().setReadListener(new BodyArrival(context, arrived, this::refuse));
		}
	}

	private static boolean isComplete(HttpServletRequest request, long length) {
		if (length < 0) {
			return request.getHeader("Transfer-Encoding") == null;
		}
		return length == 0 || Peer.arrivedBytes(request) >= length;
	}

	private void refuse(ProblemType type, HttpServletRequest request, HttpServletResponse response) throws IOException {
		// What is left of the body is not worth reading.
		response.setHeader("Connection", "close");
		this.problems.write(new ProblemException(type, Map.of()), request, response);
	}

	/** Answers instead of the rest of the chain. */
	@FunctionalInterface
	interface Refusal {

		void write(ProblemType type, HttpServletRequest request, HttpServletResponse response) throws IOException;

	}

}
