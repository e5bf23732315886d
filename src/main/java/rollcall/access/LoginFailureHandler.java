package rollcall.access;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import rollcall.access.LoginThrottle.TooManyLoginsException;
import rollcall.access.PasswordAuthenticationProvider.PasswordTooLongException;
import rollcall.access.TokenAuthenticationProvider.IssuerUnavailableException;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/**
 * Answers requests without a valid login: a browser gets the login page, a program gets a
 * problem that names all ways to log in on this server.
 */
@Component
class LoginFailureHandler implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

	/** Path of the login page; its query names the error above the form. */
	static final String LOGIN_PAGE = "/login";

	private static final String BASIC = "Basic realm=\"rollcall\", charset=\"UTF-8\"";

	private final Problems problems;

	private final LoginWays ways;

	private final String teacherRole;

	LoginFailureHandler(Problems problems, LoginWays ways, AccessProperties properties) {
		this.problems = problems;
		this.ways = ways;
		this.teacherRole = properties.token().teacherRole();
	}

	/** Answers a request to a protected path with no login or a wrong one. */
	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (this.ways.isNone()) {
			write(ProblemType.ONLY_THIS_MACHINE, Map.of(), request, response);
		}
		else if (this.ways.passwords() && isPageWanted(request)
				&& request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
			response.sendRedirect(LOGIN_PAGE);
		}
		else {
			refuse(failure, request, response);
		}
	}

	/** Answers the form of the login page with a wrong name or password. */
	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		if (!(failure instanceof TooManyLoginsException wait)) {
			String error = (failure instanceof PasswordTooLongException) ? "long" : "wrong";
			response.sendRedirect(LOGIN_PAGE + "?" + error);
		}
		else if (isHtmlAccepted(request)) {
			setRetryAfter(wait, response);
			// Not a redirect: the status 429 tells programs that the form was refused.
			request.getRequestDispatcher(LOGIN_PAGE + "?wait").forward(request, response);
		}
		else {
			refuse(failure, request, response);
		}
	}

	/** Answers a valid login without the role of a teacher. */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
			throws IOException {
		write(ProblemType.FORBIDDEN, Map.of("missingRole", this.teacherRole), request, response);
	}

	private void refuse(AuthenticationException failure, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (failure instanceof TooManyLoginsException wait) {
			setRetryAfter(wait, response);
			write(ProblemType.TOO_MANY_LOGINS, Map.of(), request, response);
			return;
		}
		if (failure instanceof IssuerUnavailableException) {
			write(ProblemType.ISSUER_UNAVAILABLE, Map.of(), request, response);
			return;
		}
		challenge(request, response);
		write((failure instanceof PasswordTooLongException) ? ProblemType.PASSWORD_TOO_LONG : ProblemType.UNAUTHORIZED,
				Map.of("ways", this.ways.names()), request, response);
	}

	/**
	 * Names the ways to log in. A page whose session has ended gets no Basic challenge,
	 * because the browser's login window would cover the page's own link.
	 */
	private void challenge(HttpServletRequest request, HttpServletResponse response) {
		if (this.ways.passwords()) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE,
					(request.getRequestedSessionId() != null) ? "Form" : BASIC);
		}
		if (this.ways.tokens()) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
	}

	private void write(ProblemType type, Map<String, Object> details, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		this.problems.write(new ProblemException(type, details), request, response);
	}

	private static void setRetryAfter(TooManyLoginsException wait, HttpServletResponse response) {
		response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.retryAfterSeconds()));
	}

	private static boolean isPageWanted(HttpServletRequest request) {
		return request.getMethod().equals("GET") && isHtmlAccepted(request)
				&& request.getHeader(HttpHeaders.UPGRADE) == null;
	}

	private static boolean isHtmlAccepted(HttpServletRequest request) {
		@Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
	}

}
