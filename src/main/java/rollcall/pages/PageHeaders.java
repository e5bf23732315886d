package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The headers of a page. Its Content-Security-Policy allows files of this server and
 * nothing inline, except the dashboard's import map: browsers accept it only inline, so
 * the policy names its hash.
 */
@Component
class PageHeaders {

	private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>",
			Pattern.DOTALL);

	private final String contentSecurityPolicy;

	PageHeaders() throws IOException {
		this.contentSecurityPolicy = "default-src 'none'; script-src 'self' 'sha256-" + sha256(importMap())
				+ "'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
				+ "frame-ancestors 'none'";
	}

	void set(HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", this.contentSecurityPolicy);
		// The browser asks the server each time, and gets 304 if the file has not
		// changed. So it has the new files at once after an update of the server.
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
	}

	private static String importMap() throws IOException {
		Matcher importMap = IMPORT_MAP
			.matcher(new ClassPathResource("templates/teacher.mustache").getContentAsString(StandardCharsets.UTF_8));
		if (!importMap.find()) {
			throw new IllegalStateException("templates/teacher.mustache has no import map");
		}
		return importMap.group(1);
	}

	private static String sha256(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
