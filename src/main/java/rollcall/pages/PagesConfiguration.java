package rollcall.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Sets the headers of all pages and their files.
 */
@Configuration
class PagesConfiguration implements WebMvcConfigurer {

	private static final String[] PAGES = { "/", "/{classId:[0-9]+}", "/{classId:[0-9]+}/*", "/assets/**", "/login/**",
			"/teacher", "/teacher/**", "/webjars/**" };

	private final PageHeaders headers;

	PagesConfiguration(PageHeaders headers) {
		this.headers = headers;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new HandlerInterceptor() {
			@Override
			public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
				PagesConfiguration.this.headers.set(response);
				return true;
			}
		}).addPathPatterns(PAGES);
	}

}
