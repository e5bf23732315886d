package rollcall.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import rollcall.access.AccessProperties.Account;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Marks a browser in which a teacher has logged in: guesses from elsewhere do not slow
 * down a login there. The signature's key is the account's password hash, so that every
 * node knows the cookie, also after a restart, and a new password ends it. The cookie
 * names nobody.
 */
final class DeviceCookie {

	static final String NAME = "rollcall-device";

	private static final int ID_BYTES = 12;

	private static final Duration KEPT_FOR = Duration.ofDays(180);

	private static final SecureRandom RANDOM = new SecureRandom();

	private final AccessProperties properties;

	DeviceCookie(AccessProperties properties) {
		this.properties = properties;
	}

	/** Whether the cookie was made for this account. */
	static boolean isFor(@Nullable String cookie, Account account) {
		if (cookie == null) {
			return false;
		}
		int dot = cookie.indexOf('.');
		return dot > 0 && Keyed.isEqual(cookie, sign(cookie.substring(0, dot), account));
	}

	/** After a login by the form: marks the browser, then shows a page. */
	AuthenticationSuccessHandler rememberThenShow(String path) {
		return (request, response, login) -> {
			remember(login, request, response);
			response.sendRedirect(request.getContextPath() + path);
		};
	}

	private void remember(Authentication login, HttpServletRequest request, HttpServletResponse response) {
		byte[] id = new byte[ID_BYTES];
		RANDOM.nextBytes(id);
		this.properties.account(login.getName())
			.map((account) -> sign(Base64.getUrlEncoder().encodeToString(id), account))
			.map((value) -> ResponseCookie.from(NAME, value)
				.path("/")
				.httpOnly(true)
				.secure(request.isSecure() || this.properties.isPublicUrlEncrypted())
				.sameSite("Lax")
				.maxAge(KEPT_FOR)
				.build())
			.ifPresent((cookie) -> response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString()));
	}

	private static String sign(String id, Account account) {
		byte[] key = account.bcrypt().getBytes(StandardCharsets.UTF_8);
		return id + "." + new Keyed(key).digest(NAME + account.name() + id);
	}

}
