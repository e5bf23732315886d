package rollcall.live;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;
import rollcall.roll.Teacher;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Accepts only a WebSocket handshake of a teacher, and stores the teacher in the
 * attributes of the socket. Any other request is answered with a problem; Spring would
 * answer with plain text.
 */
class HandshakeCheck implements HandshakeInterceptor {

	private static final String ALLOWED = "GET";

	private static final String VERSION = "13";

	private static final Set<String> UPGRADE = Set.of("Upgrade", "upgrade");

	private final Problems problems;

	HandshakeCheck(Problems problems) {
		this.problems = problems;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
		HttpServletResponse servletResponse = ((ServletServerHttpResponse) response).getServletResponse();
		switch (servletRequest.getMethod()) {
			case "OPTIONS" -> servletResponse.setHeader(HttpHeaders.ALLOW, ALLOWED);
			case "GET", "HEAD" -> {
				if (isHandshake(request)) {
					return addTeacher(servletRequest, response, attributes);
				}
				servletResponse.setHeader(WebSocketHttpHeaders.SEC_WEBSOCKET_VERSION, VERSION);
				this.problems.write(new ProblemException(ProblemType.BAD_REQUEST, Map.of()), servletRequest,
						servletResponse);
			}
			default -> {
				servletResponse.setHeader(HttpHeaders.ALLOW, ALLOWED);
				this.problems.write(new ProblemException(ProblemType.METHOD_NOT_ALLOWED, Map.of()), servletRequest,
						servletResponse);
			}
		}
		return false;
	}

	private static boolean addTeacher(HttpServletRequest servletRequest, ServerHttpResponse response,
			Map<String, Object> attributes) {
		if (!(servletRequest.getAttribute(Teacher.ATTRIBUTE) instanceof Teacher teacher)) {
			response.setStatusCode(HttpStatus.FORBIDDEN);
			return false;
		}
		new SocketState(teacher, (Instant) servletRequest.getAttribute(Teacher.UNTIL_ATTRIBUTE)).addTo(attributes);
		return true;
	}

	/**
	 * Whether this is a valid handshake. Also false for requests that Spring would refuse
	 * with its own answer.
	 */
	private static boolean isHandshake(ServerHttpRequest request) {
		try {
			WebSocketHttpHeaders headers = new WebSocketHttpHeaders(request.getHeaders());
			// Throws if an extension cannot be parsed.
			headers.getSecWebSocketExtensions();
			return request.getMethod() == HttpMethod.GET && "websocket".equalsIgnoreCase(headers.getUpgrade())
					&& headers.getConnection().stream().anyMatch(UPGRADE::contains)
					&& headers.getSecWebSocketKey() != null && VERSION.equals(headers.getSecWebSocketVersion());
		}
		catch (RuntimeException ex) {
			// Spring's parsers throw exceptions of several types.
			return false;
		}
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception failure) {
	}

}
