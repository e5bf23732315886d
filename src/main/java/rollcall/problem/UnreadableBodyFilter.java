package rollcall.problem;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a body that is compressed, or whose type is a wildcard, before the body is
 * read. Spring would ignore the first and throw at the second at any time, also after the
 * request took effect.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class UnreadableBodyFilter extends OncePerRequestFilter {

	private static final String IDENTITY = "identity";

	private final Problems problems;

	UnreadableBodyFilter(Problems problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isEncoded(request)) {
			response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
			refuse(request, response);
		}
		else if (isOfNoType(request)) {
			refuse(request, response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.problems.write(new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, Map.of()), request, response);
	}

	private static boolean isEncoded(HttpServletRequest request) {
		return request.getHeader(HttpHeaders.CONTENT_ENCODING) != null
				&& Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))
					.stream()
					.flatMap((value) -> StringUtils.commaDelimitedListToSet(value).stream())
					.map(String::strip)
					.anyMatch((encoding) -> !encoding.isEmpty() && !encoding.equalsIgnoreCase(IDENTITY));
	}

	private static boolean isOfNoType(HttpServletRequest request) {
		String type = request.getContentType();
		return type != null && type.indexOf('*') >= 0
				&& StringUtils.delimitedListToStringArray(type, ";")[0].contains("*");
	}

}
