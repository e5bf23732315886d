package rollcall.live;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Answers whoever comes to the STOMP endpoint without asking for a WebSocket, where
 * Spring would answer with a line of plain text.
 */
class HandshakeProblems implements HandshakeInterceptor {

	private final Problems problems;

	HandshakeProblems(Problems problems) {
		this.problems = problems;
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) throws IOException {
		HttpServletRequest client = ((ServletServerHttpRequest) request).getServletRequest();
		HttpServletResponse answer = ((ServletServerHttpResponse) response).getServletResponse();
		if (!"GET".equals(client.getMethod())) {
			answer.setHeader(HttpHeaders.ALLOW, "GET");
			this.problems.write(new ProblemException(ProblemType.METHOD_NOT_ALLOWED, Map.of()), client, answer);
			return false;
		}
		if (!"websocket".equalsIgnoreCase(client.getHeader(HttpHeaders.UPGRADE))
				|| client.getHeader("Sec-WebSocket-Key") == null) {
			this.problems.write(new ProblemException(ProblemType.BAD_REQUEST, Map.of()), client, answer);
			return false;
		}
		return true;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception failure) {
	}

}
