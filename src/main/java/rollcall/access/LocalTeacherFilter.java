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
 * Protected mode: no teacher is configured, so a request from this machine is the
 * teacher's and no other request is. Address, host and origin must all agree with that.
 */
class LocalTeacherFilter extends OncePerRequestFilter {

	private final Hosts hosts;

	private final List<InetAddress> proxies;

	LocalTeacherFilter(Hosts hosts, AccessProperties properties) {
		this.hosts = hosts;
		this.proxies = properties.trustedProxyAddresses();
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isFromThisMachine(request)) {
			SecurityContextHolder
				.setContext(new SecurityContextImpl(new TeacherLogin(Teacher.AT_THIS_MACHINE, true, null)));
		}
		chain.doFilter(request, response);
	}

	private boolean isFromThisMachine(HttpServletRequest request) {
		return Peer.isThisMachine(request, this.proxies) && this.hosts.isLocal(request)
				&& this.hosts.isSameOrigin(request);
	}

}
