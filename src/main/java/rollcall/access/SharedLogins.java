package rollcall.access;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/**
 * Adds the session that the nodes share to a security chain, where Tomcat's own would be.
 * The session's filter is no bean: every request would pass through it, a student's too.
 */
class SharedLogins implements DisposableBean {

	private final Filter sessions;

	private final SocketLogins sockets;

	SharedLogins(Filter sessions, SocketLogins sockets) {
		this.sessions = sessions;
		this.sockets = sockets;
	}

	void addTo(HttpSecurity http) {
		http.addFilterBefore(this.sessions, SecurityContextHolderFilter.class)
			.addFilterAfter(this::remember, AuthorizationFilter.class);
	}

	@Override
	public void destroy() {
		this.sockets.close();
	}

	private void remember(ServletRequest admitted, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		this.sockets.remember((HttpServletRequest) admitted);
		chain.doFilter(admitted, response);
	}

}
