package rollcall.problem;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Keeps springdoc from throwing at header values that are of no concern to it.
 */
@Configuration(proxyBeanMethods = false)
class PlainRequests {

	/**
	 * Springdoc believes forwarding headers from everybody, and throws at a bad one. They
	 * are removed after access was decided, because that decision reads them.
	 */
	@Bean
	FilterRegistrationBean<ForwardedHeaderFilter> documentationWithoutForwardedHeaders() {
		ForwardedHeaderFilter filter = new ForwardedHeaderFilter();
		filter.setRemoveOnly(true);
		FilterRegistrationBean<ForwardedHeaderFilter> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns("/swagger-ui/*", "/swagger-ui.html", "/v3/*");
		return registration;
	}

}
