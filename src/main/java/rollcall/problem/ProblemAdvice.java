package rollcall.problem;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers for controllers that throw.
 */
@RestControllerAdvice
class ProblemAdvice {

	private static final Set<String> OF_THE_CONTENT = Set.of("content-disposition", "content-language",
			"content-length", "content-type", "etag", "last-modified", "location");

	private final Problems problems;

	ProblemAdvice(Problems problems) {
		this.problems = problems;
	}

	@ExceptionHandler
	void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!response.isCommitted()) {
			forget(response);
			this.problems.write(failure, request, response);
		}
	}

	/**
	 * Drops what was to be said about the answer that failed; what holds for every answer
	 * stays.
	 */
	private static void forget(HttpServletResponse response) {
		Map<String, String> kept = new LinkedHashMap<>();
		for (String name : response.getHeaderNames()) {
			if (!OF_THE_CONTENT.contains(name.toLowerCase(Locale.ROOT))) {
				kept.put(name, response.getHeader(name));
			}
		}
		response.reset();
		kept.forEach(response::setHeader);
	}

}
