package rollcall.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over 16 KiB before anything is done. A body that does not tell its
 * length is read here first.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class BodyLimitFilter extends OncePerRequestFilter {

	static final int MAX_BODY_BYTES = 16_384;

	private final Problems problems;

	BodyLimitFilter(Problems problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() > MAX_BODY_BYTES) {
			refuse(request, response);
		}
		else if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null) {
			byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
			if (body.length > MAX_BODY_BYTES) {
				refuse(request, response);
			}
			else {
				chain.doFilter(new BufferedRequest(request, body), response);
			}
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
		// What is left of the body is not worth reading.
		response.setHeader("Connection", "close");
		this.problems.write(new ProblemException(ProblemType.BODY_TOO_LARGE, Map.of()), request, response);
	}

	/** A request whose body has been read already. */
	private static final class BufferedRequest extends HttpServletRequestWrapper {

		private final ServletInputStream body;

		BufferedRequest(HttpServletRequest request, byte[] body) {
			super(request);
			this.body = new BufferedBody(new ByteArrayInputStream(body));
		}

		@Override
		public ServletInputStream getInputStream() {
			return this.body;
		}

	}

	private static final class BufferedBody extends ServletInputStream {

		private final InputStream body;

		BufferedBody(InputStream body) {
			this.body = body;
		}

		@Override
		public int read() throws IOException {
			return this.body.read();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			return this.body.read(buffer, offset, length);
		}

		@Override
		public boolean isFinished() {
			return false;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new UnsupportedOperationException();
		}

	}

}
