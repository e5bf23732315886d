package rollcall.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import rollcall.access.AccessProperties.Account;
import rollcall.roll.Hmac;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Marks a browser in which a teacher has logged in, so that wrong passwords from other
 * devices do not delay a login in this browser. The key of its signature is the account's
 * password hash: every node accepts the cookie, also after a restart, and a new password
 * invalidates it. The cookie contains no name.
 */
final class DeviceCookie {

	static final String NAME = "rollcall-device";

	private static final int ID_BYTES = 12;

	private static final Duration KEPT_FOR = Duration.ofDays(180);

	private static final SecureRandom RANDOM = new SecureRandom();

	private final AccessProperties properties;

	private final PublicUrl publicUrl;

	DeviceCookie(AccessProperties properties, PublicUrl publicUrl) {
		this.properties = properties;
		this.publicUrl = publicUrl;
	}

	/** Whether the cookie was made for this account. */
	static boolean isFor(@Nullable String cookie, Account account) {
		if (cookie == null) {
			return false;
		}
		int dot = cookie.indexOf('.');
		return dot > 0 && isEqual(cookie, sign(cookie.substring(0, dot), account));
	}

	/**
	 * Returns the HMAC-SHA-256 of a text in URL-safe Base64, 43 characters.
	 * @param key at least 16 bytes
	 * @param text the text
	 */
	static String hmac(byte[] key, String text) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(Hmac.sign(key, text.getBytes(StandardCharsets.UTF_8)));
	}

	/** After a login by the form: sets the cookie, then redirects to a page. */
	AuthenticationSuccessHandler rememberThenShow(String path) {
		return (request, response, login) -> {
			remember(login, request, response);
			response.sendRedirect(path);
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
				.secure(request.isSecure() || this.publicUrl.isEncrypted())
				.sameSite("Lax")
				.maxAge(KEPT_FOR)
				.build())
			.ifPresent((cookie) -> response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString()));
	}

	private static String sign(String id, Account account) {
		byte[] key = account.bcrypt().getBytes(StandardCharsets.UTF_8);
		return id + "." + hmac(key, NAME + account.name() + id);
	}

	/** Compares in constant time. */
	private static boolean isEqual(String one, String other) {
		return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

}
