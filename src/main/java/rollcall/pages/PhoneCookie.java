package rollcall.pages;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import rollcall.roll.CodeTickets;

import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * The browser that shows the student's page. A random number in a cookie marks it, so
 * that a ticket counts in this browser only. The number is forgotten when the browser is
 * closed, and is stored nowhere else.
 *
 * @param id the random number
 * @param known whether the browser has sent the number, so it keeps cookies
 */
record PhoneCookie(String id, boolean known) {

	private static final int ID_BYTES = 16;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");

	private static final SecureRandom RANDOM = new SecureRandom();

	static PhoneCookie of(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, CodeTickets.PHONE_COOKIE);
		return (cookie != null && ID.matcher(cookie.getValue()).matches()) ? new PhoneCookie(cookie.getValue(), true)
				: new PhoneCookie(newId(), false);
	}

	/** The header that sets the cookie. */
	String header(boolean encrypted) {
		return ResponseCookie.from(CodeTickets.PHONE_COOKIE, this.id)
			.path("/")
			.httpOnly(true)
			.secure(encrypted)
			.sameSite("Lax")
			.build()
			.toString();
	}

	private static String newId() {
		byte[] id = new byte[ID_BYTES];
		RANDOM.nextBytes(id);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
	}

}
