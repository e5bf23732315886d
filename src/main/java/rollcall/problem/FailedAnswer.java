package rollcall.problem;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Empties a response so that an error can be written instead. Headers that describe the
 * failed content go; headers that hold for every answer, such as the security headers,
 * stay.
 */
final class FailedAnswer {

	private static final Set<String> OF_THE_CONTENT = Set.of("allow", "content-disposition", "content-language",
			"content-length", "content-type", "etag", "last-modified", "location");

	private FailedAnswer() {
	}

	static void clear(HttpServletResponse response) {
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
