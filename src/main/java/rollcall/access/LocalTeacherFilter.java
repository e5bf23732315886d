package rollcall.access;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.roll.Teacher;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests from this machine as the teacher. It is used in protected mode
 * only, while no teacher is configured. The client's address, the host and the origin
 * must all be local.
 */
class LocalTeacherFilter extends OncePerRequestFilter {

	private final OriginPolicy origins;

	private final List<InetAddress> proxies;

	LocalTeacherFilter(OriginPolicy origins, AccessProperties properties) {
		this.origins = origins;
		this.proxies = properties.trustedProxyAddresses();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isFromThisMachine(request)) {
			SecurityContextHolder
				.setContext(new SecurityContextImpl(new TeacherAuthentication(Teacher.AT_THIS_MACHINE, true, null)));
		}
		chain.doFilter(request, response);
	}

	private boolean isFromThisMachine(HttpServletRequest request) {
		return ClientConnection.isThisMachine(request, this.proxies) && this.origins.isLocalHost(request)
				&& this.origins.isSameOrigin(request);
	}

}
