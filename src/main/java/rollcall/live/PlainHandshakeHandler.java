package rollcall.live;

import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Refuses every WebSocket extension. Compression needs about 300 KiB for each session and
 * does not make small frames smaller. Tomcat accepts it without asking Spring, so this
 * class hides the client's header from Tomcat.
 */
class PlainHandshakeHandler extends DefaultHandshakeHandler {

	PlainHandshakeHandler() {
		super(new PlainUpgrade());
	}

	@Override
	protected List<WebSocketExtension> filterRequestedExtensions(ServerHttpRequest request,
			List<WebSocketExtension> requested, List<WebSocketExtension> supported) {
		return List.of();
	}

	private static final class PlainUpgrade extends StandardWebSocketUpgradeStrategy {

		@Override
		public void upgrade(ServerHttpRequest request, ServerHttpResponse response, @Nullable String protocol,
				List<WebSocketExtension> extensions, @Nullable Principal user, WebSocketHandler handler,
				Map<String, Object> attributes) {
			ServerHttpRequest plain = new ServletServerHttpRequest(
					new RequestWithoutExtensions(getHttpServletRequest(request)));
			super.upgrade(plain, response, protocol, extensions, user, handler, attributes);
		}

	}

	private static final class RequestWithoutExtensions extends HttpServletRequestWrapper {

		RequestWithoutExtensions(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			return WebSocketHttpHeaders.SEC_WEBSOCKET_EXTENSIONS.equalsIgnoreCase(name) ? Collections.emptyEnumeration()
					: super.getHeaders(name);
		}

	}

}
