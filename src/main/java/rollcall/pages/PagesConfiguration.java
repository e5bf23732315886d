package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Sets the headers of the pages. Their Content-Security-Policy allows files of this
 * server and nothing inline, except the dashboard's import map: browsers accept it only
 * inline, so the policy names its hash.
 */
@Configuration
class PagesConfiguration implements WebMvcConfigurer {

	private static final String[] PAGES = { "/", "/{classId:[0-9]+}", "/assets/**", "/login/**", "/teacher",
			"/teacher/**", "/webjars/stomp__stompjs/**" };

	private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>",
			Pattern.DOTALL);

	private final String contentSecurityPolicy;

	PagesConfiguration() throws IOException {
		this.contentSecurityPolicy = "default-src 'none'; script-src 'self' 'sha256-" + sha256(importMap())
				+ "'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
				+ "frame-ancestors 'none'";
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new HandlerInterceptor() {
			@Override
			public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
				setHeaders(response);
				return true;
			}
		}).addPathPatterns(PAGES);
	}

	private void setHeaders(HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", this.contentSecurityPolicy);
		// The browser asks the server each time, and gets 304 if the file has not
		// changed. So it has the new files at once after an update of the server.
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
	}

	private static String importMap() throws IOException {
		Matcher importMap = IMPORT_MAP
			.matcher(new ClassPathResource("static/teacher/index.html").getContentAsString(StandardCharsets.UTF_8));
		if (!importMap.find()) {
			throw new IllegalStateException("static/teacher/index.html has no import map");
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
