package rollcall.problem;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Takes away two readers of headers that throw where this server has an answer: the
 * documentation's, and that of Spring Security.
 */
@Configuration(proxyBeanMethods = false)
class PlainRequests {

	/**
	 * The documentation would believe forwarding headers from everybody. It is asked
	 * about after access was decided, which must see them.
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
	 * Its checks of paths stay. Methods and header values are those that Tomcat lets
	 * through, with a teacher configured as without one: it would throw wherever such a
	 * header is read, also after the request took effect.
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
