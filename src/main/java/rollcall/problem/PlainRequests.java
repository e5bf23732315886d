package rollcall.problem;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Keeps springdoc and Spring Security from throwing at header values that are of no
 * concern to them.
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

	/**
	 * The firewall's checks of the path stay. Its checks of methods and header values go:
	 * it throws when the header is read, which may be after the request took effect, and
	 * the students' paths have no such check either.
	 */
	@Bean
	StrictHttpFirewall firewallOfPaths() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		firewall.setAllowedHeaderValues((value) -> true);
		firewall.setAllowedParameterNames((name) -> true);
		return firewall;
	}

}
