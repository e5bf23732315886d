package rollcall.access;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;
import rollcall.roll.Teacher;

/**
 * No teacher is configured: whoever sits at this machine is the teacher, and nobody else
 * is. Everything a request says about itself must agree with that.
 */
class ProtectedMode implements Door {

	private final Hosts hosts;

	private final List<InetAddress> proxies;

	private final Problems problems;

	ProtectedMode(Hosts hosts, AccessProperties properties, Problems problems) {
		this.hosts = hosts;
		this.proxies = properties.trustedProxyAddresses();
		this.problems = problems;
	}

	@Override
	public void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isAtThisMachine(request)) {
			request.setAttribute(Teacher.ATTRIBUTE, Teacher.AT_THIS_MACHINE);
			chain.doFilter(request, response);
		}
		else {
			this.problems.write(new ProblemException(ProblemType.ONLY_THIS_MACHINE, Map.of()), request, response);
		}
	}

	private boolean isAtThisMachine(HttpServletRequest request) {
		return Peer.isThisMachine(request, this.proxies) && this.hosts.isLocal(request)
				&& this.hosts.isSameOrigin(request);
	}

}
