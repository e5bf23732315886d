package rollcall.live;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Answers requests to the STOMP endpoint that do not ask for a WebSocket. Spring would
 * answer them with a line of plain text.
 */
class HandshakeProblems implements HandshakeInterceptor {

	private static final String ALLOWED = "GET";

	private static final String VERSION = "13";

	private static final Set<String> UPGRADE = Set.of("Upgrade", "upgrade");

	private final Problems problems;

	HandshakeProblems(Problems problems) {
		this.problems = problems;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		HttpServletRequest client = ((ServletServerHttpRequest) request).getServletRequest();
		HttpServletResponse answer = ((ServletServerHttpResponse) response).getServletResponse();
		switch (client.getMethod()) {
			case "OPTIONS" -> answer.setHeader(HttpHeaders.ALLOW, ALLOWED);
			case "GET", "HEAD" -> {
				if (isHandshake(request)) {
					return true;
				}
				answer.setHeader(WebSocketHttpHeaders.SEC_WEBSOCKET_VERSION, VERSION);
				this.problems.write(new ProblemException(ProblemType.BAD_REQUEST, Map.of()), client, answer);
			}
			default -> {
				answer.setHeader(HttpHeaders.ALLOW, ALLOWED);
				this.problems.write(new ProblemException(ProblemType.METHOD_NOT_ALLOWED, Map.of()), client, answer);
			}
		}
		return false;
	}

	/** False also for a request that Spring would refuse in its own form or throw at. */
	private static boolean isHandshake(ServerHttpRequest request) {
		try {
			WebSocketHttpHeaders headers = new WebSocketHttpHeaders(request.getHeaders());
			// Throws at an extension that cannot be read.
			headers.getSecWebSocketExtensions();
			return request.getMethod() == HttpMethod.GET && "websocket".equalsIgnoreCase(headers.getUpgrade())
					&& headers.getConnection().stream().anyMatch(UPGRADE::contains)
					&& headers.getSecWebSocketKey() != null && VERSION.equals(headers.getSecWebSocketVersion());
		}
		catch (RuntimeException ex) {
			// Spring's parsers throw more than one kind.
			return false;
		}
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception failure) {
	}

}
