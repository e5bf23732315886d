package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The headers of the pages: nothing runs, is styled, loaded or framed but from this
 * server.
 */
@Configuration
@EnableConfigurationProperties(PagesProperties.class)
class PagesConfiguration implements WebMvcConfigurer {

	private static final String[] PAGES = { "/", "/{classId:[0-9]+}", "/assets/**", "/teacher", "/teacher/**",
			"/webjars/stomp__stompjs/**" };

	private final String contentSecurityPolicy;

	PagesConfiguration() throws IOException {
		String dashboard = new ClassPathResource("static/teacher/index.html")
			.getContentAsString(StandardCharsets.UTF_8);
		this.contentSecurityPolicy = ContentSecurityPolicy.allowing(dashboard);
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
		response.setHeader("X-Content-Type-Options", "nosniff");
		// Not "no-referrer": with it the plain form would be sent with "Origin: null".
		response.setHeader("Referrer-Policy", "same-origin");
		// Asked for again each time, and answered 304: an updated server updates phones.
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
	}

}
