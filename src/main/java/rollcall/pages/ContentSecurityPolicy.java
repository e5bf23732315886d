package rollcall.pages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policy of the pages: everything from this server, nothing inline but the
 * dashboard's import map, which browsers read nowhere else and which is named by its
 * hash.
 */
final class ContentSecurityPolicy {

	private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>",
			Pattern.DOTALL);

	private ContentSecurityPolicy() {
	}

	static String allowing(String dashboard) {
		Matcher importMap = IMPORT_MAP.matcher(dashboard);
		if (!importMap.find()) {
			throw new IllegalStateException("The dashboard has no import map");
		}
		return "default-src 'none'; script-src 'self' 'sha256-" + sha256(importMap.group(1))
				+ "'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
				+ "frame-ancestors 'none'";
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
