package rollcall.access;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What the network may reach: the student's page with its files, presences, health, and
 * the descriptions of the interfaces, which say nothing secret. Compared as it was sent:
 * a path with an escape or a parameter in it is not one of these, and what is not one of
 * these is the teacher's.
 */
final class OpenPaths {

	private static final Pattern OPEN = Pattern.compile(String.join("|", "/", "/[0-9]+",
			"/assets/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*", "/favicon\\.ico",
			"/classes/[^/;]+/presence", "/actuator/health(?:/[a-z]+)?", "/v3/api-docs(?:\\.yaml|/swagger-config)?",
			"/swagger-ui\\.html", "/swagger-ui/[A-Za-z0-9_-][A-Za-z0-9._-]*", "/asyncapi\\.yaml"));

	private OpenPaths() {
	}

	static boolean include(HttpServletRequest request) {
		String path = request.getRequestURI();
		String context = request.getContextPath();
		return OPEN.matcher(context.isEmpty() ? path : path.substring(context.length())).matches();
	}

}
