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
import org.springframework.http.HttpStatus;
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

	/** Path of the login page. */
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
		if (isPageWanted(request) && !isTeachersPage(request)) {
			write(ProblemType.NOT_FOUND, Map.of(), request, response);
		}
		else if (this.ways.isNone()) {
			write(ProblemType.ONLY_THIS_MACHINE, Map.of(), request, response);
		}
		else if (isPageWanted(request)) {
			response.sendRedirect(LOGIN_PAGE);
		}
		else {
			refuse(failure, request, response);
		}
	}

	/**
	 * Answers the form of the login page after a refused login. For a browser the page
	 * renders its form again, with the name that was typed.
	 */
	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		if (isHtmlAccepted(request)) {
			setHeaders(failure, request, response);
			request.setAttribute(LoginWays.REFUSAL_ATTRIBUTE, type(failure));
			request.getRequestDispatcher(LOGIN_PAGE).forward(request, response);
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
		ProblemType type = type(failure);
		setHeaders(failure, request, response);
		write(type, (type.status() == HttpStatus.UNAUTHORIZED) ? Map.of("ways", this.ways.names()) : Map.of(), request,
				response);
	}

	private static ProblemType type(AuthenticationException failure) {
		if (failure instanceof TooManyLoginsException) {
			return ProblemType.TOO_MANY_LOGINS;
		}
		if (failure instanceof IssuerUnavailableException) {
			return ProblemType.ISSUER_UNAVAILABLE;
		}
		return (failure instanceof PasswordTooLongException) ? ProblemType.PASSWORD_TOO_LONG : ProblemType.UNAUTHORIZED;
	}

	private void setHeaders(AuthenticationException failure, HttpServletRequest request, HttpServletResponse response) {
		if (failure instanceof TooManyLoginsException wait) {
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.retryAfterSeconds()));
		}
		else if (type(failure).status() == HttpStatus.UNAUTHORIZED) {
			challenge(request, response);
		}
	}

	/**
	 * Names the ways to log in. A page gets no Basic challenge, because the browser's own
	 * login window would cover the page and its link to the login page.
	 */
	private void challenge(HttpServletRequest request, HttpServletResponse response) {
		if (this.ways.passwords()) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, isSentByPage(request) ? "Form" : BASIC);
		}
		if (this.ways.tokens()) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
	}

	private static boolean isSentByPage(HttpServletRequest request) {
		return request.getRequestURI().equals(LOGIN_PAGE) || request.getRequestedSessionId() != null
				|| request.getHeader(HttpHeaders.REFERER) != null || request.getHeader(HttpHeaders.ORIGIN) != null;
	}

	private void write(ProblemType type, Map<String, Object> details, HttpServletRequest request,
			HttpServletResponse response) throws IOException {
		this.problems.write(new ProblemException(type, details), request, response);
	}

	private static boolean isPageWanted(HttpServletRequest request) {
		return request.getMethod().equals("GET") && isHtmlAccepted(request)
				&& request.getHeader(HttpHeaders.UPGRADE) == null
				&& request.getHeader(HttpHeaders.AUTHORIZATION) == null;
	}

	/** A person at any other path gets no login page: most such paths do not exist. */
	private static boolean isTeachersPage(HttpServletRequest request) {
		return (request.getServletPath() + "/").startsWith("/teacher/");
	}

	private static boolean isHtmlAccepted(HttpServletRequest request) {
		@Nullable String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
	}

}
