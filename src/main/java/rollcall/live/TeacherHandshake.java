package rollcall.live;

import java.time.Instant;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.roll.Teacher;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Takes the teacher from the request to the socket; a request without one opens none.
 */
class TeacherHandshake implements HandshakeInterceptor {

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		HttpServletRequest servletRequest = ((ServletServerHttpRequest) request).getServletRequest();
		if (!(servletRequest.getAttribute(Teacher.ATTRIBUTE) instanceof Teacher teacher)) {
			response.setStatusCode(HttpStatus.FORBIDDEN);
			return false;
		}
		attributes.put(Watcher.ATTRIBUTE, new Watcher(teacher));
		if (servletRequest.getAttribute(Teacher.UNTIL_ATTRIBUTE) instanceof Instant until) {
			attributes.put(Teacher.UNTIL_ATTRIBUTE, until);
		}
		return true;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception failure) {
	}

}
