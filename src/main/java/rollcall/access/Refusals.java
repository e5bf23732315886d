package rollcall.access;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.access.LoginBrake.TooManyLoginsException;
import rollcall.access.LoginBrake.WrongPasswordException;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.problem.Problems;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Answers who is not let in: a person at a browser with the login page, a program with a
 * problem. A wrong password waits for its answer without a thread.
 */
class Refusals implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private static final String BASIC = "Basic realm=\"rollcall\", charset=\"UTF-8\"";

	private static final long GRACE_MS = 5_000;

	private final Problems problems;

	private final boolean passwords;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "late-refusals");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Refuses.
	 * @param passwords whether there are passwords to log in with
	 */
	Refusals(Problems problems, boolean passwords) {
		this.problems = problems;
		this.passwords = passwords;
	}

	/** No login, or a wrong one, with a request for something else. */
	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (this.passwords && isPageWanted(request)) {
			response.sendRedirect(request.getContextPath() + LoginPage.PATH);
		}
		else {
			late(failure, request, response, () -> {
				challenge(request, response);
				write(typeOf(failure), request, response);
			});
		}
	}

	/** The login page's form was wrong. */
	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		String sign = (failure instanceof TooManyLoginsException) ? LoginPage.WAIT : LoginPage.WRONG;
		late(failure, request, response,
				() -> response.sendRedirect(request.getContextPath() + LoginPage.PATH + "?" + sign));
	}

	/** Known, but no teacher. */
	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
			throws IOException {
		write(ProblemType.FORBIDDEN, request, response);
	}

	@Override
	public void destroy() {
		this.clock.shutdownNow();
	}

	private void late(AuthenticationException failure, HttpServletRequest request, HttpServletResponse response,
			Answer answer) throws IOException {
		if (!(failure instanceof WrongPasswordException wrong)) {
			answer.write();
			return;
		}
		AsyncContext context = request.startAsync(request, response);
		context.setTimeout(wrong.delay().toMillis() + GRACE_MS);
		this.clock.schedule(() -> {
			wrong.answered();
			try {
				answer.write();
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("The client is gone", ex);
			}
			context.complete();
		}, wrong.delay().toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * A page whose session has ended shows its own way to log in: the browser's window
	 * for Basic would cover it.
	 */
	private void challenge(HttpServletRequest request, HttpServletResponse response) {
		if (isBearer(request.getHeader(HttpHeaders.AUTHORIZATION)) || !this.passwords) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		}
		else if (request.getRequestedSessionId() != null) {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Form");
		}
		else {
			response.addHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
		}
	}

	private void write(ProblemType type, HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.problems.write(new ProblemException(type, Map.of()), request, response);
	}

	private static ProblemType typeOf(AuthenticationException failure) {
		return (failure instanceof TooManyLoginsException) ? ProblemType.TOO_MANY_LOGINS : ProblemType.UNAUTHORIZED;
	}

	private static boolean isPageWanted(HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return request.getMethod().equals("GET") && accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)
				&& request.getHeader(HttpHeaders.AUTHORIZATION) == null
				&& request.getHeader(HttpHeaders.UPGRADE) == null;
	}

	private static boolean isBearer(@Nullable String authorization) {
		return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
	}

	@FunctionalInterface
	private interface Answer {

		void write() throws IOException;

	}

}
