package rollcall.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page to log in with. It needs no script and no other file, so that nothing of the
 * teacher's has to be open for it.
 */
@Controller
@Conditional(LoginWays.ByPassword.class)
class LoginPage {

	static final String PATH = "/login";

	/** The query that tells of a wrong password. */
	static final String WRONG = "wrong";

	/** The notice after too many attempts. */
	static final String WAIT = "wait";

	/** The query that tells of a password with too many bytes. */
	static final String LONG = "long";

	private static final Pattern TEXT = Pattern.compile("\\{\\{([a-z]+)}}");

	private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

	private final MessageSource messages;

	private final String template;

	private final String policy;

	LoginPage(MessageSource messages) throws IOException {
		this.messages = messages;
		this.template = new ClassPathResource("rollcall/access/login.html").getContentAsString(StandardCharsets.UTF_8);
		this.policy = "default-src 'none'; style-src '" + styleHash(this.template)
				+ "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
	}

	@GetMapping(PATH)
	void show(@RequestParam(name = WRONG, required = false) @Nullable String wrong,
			@RequestParam(name = LONG, required = false) @Nullable String tooLong, Locale locale,
			HttpServletResponse response) throws IOException {
		write((wrong != null) ? WRONG : (tooLong != null) ? LONG : "", locale, response);
	}

	/**
	 * Writes the page as the body of an answer.
	 * @param notice the name of the sentence above the form, empty for none
	 * @param locale the reader's language
	 * @param response the answer, whose status is set already
	 * @throws IOException if the client is gone
	 */
	void write(String notice, Locale locale, HttpServletResponse response) throws IOException {
		byte[] body = render(notice, locale).getBytes(StandardCharsets.UTF_8);
		response.setContentType("text/html;charset=UTF-8");
		response.setHeader("Content-Security-Policy", this.policy);
		response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
		response.getOutputStream().write(body);
	}

	private String render(String notice, Locale locale) {
		return TEXT.matcher(this.template).replaceAll((text) -> switch (text.group(1)) {
			case "language" -> Matcher.quoteReplacement(text("language", locale));
			case "notice" ->
				notice.isEmpty() ? "" : "<p role=\"alert\">" + Matcher.quoteReplacement(text(notice, locale)) + "</p>";
			default -> Matcher.quoteReplacement(text(text.group(1), locale));
		});
	}

	private String text(String name, Locale locale) {
		return this.messages.getMessage("login." + name, null, locale);
	}

	private static String styleHash(String page) {
		Matcher style = STYLE.matcher(page);
		if (!style.find()) {
			throw new IllegalStateException("The login page has no style");
		}
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
