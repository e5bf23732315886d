package rollcall.access;

import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.bucket4j.TimeMeter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.RemoteIpValve;
import rollcall.access.PasswordAuthenticationProvider.Source;
import rollcall.problem.Problems;
import rollcall.roll.Teacher;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Configures the access rules. Students' paths are open; every other path requires a
 * teacher. Teachers log in with a password or a token, if one of them is configured;
 * otherwise every request from this machine is the teacher's. {@link AccessFilter}
 * refuses requests of foreign pages before any login is checked.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties({ AccessProperties.class, PublicUrl.class })
class SecurityConfiguration {

	/** After the filter that sets the encoding of form fields, before all others. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 20;

	/**
	 * Sets the valves of Tomcat: {@link EntryValve} in the place of its error page and,
	 * if proxies are trusted, the one that reads their headers.
	 */
	@Bean
	static WebServerFactoryCustomizer<TomcatServletWebServerFactory> entryValves(AccessProperties properties,
			Problems problems) {
		return (tomcat) -> {
			tomcat.addContextCustomizers((context) -> {
				StandardHost host = (StandardHost) context.getParent();
				host.setErrorReportValveClass(null);
				host.getPipeline().addValve(new EntryValve(problems));
			});
			if (!properties.trustedProxies().isEmpty()) {
				tomcat.addEngineValves(proxyValve(properties));
			}
		};
	}

	private static RemoteIpValve proxyValve(AccessProperties properties) {
		RemoteIpValve valve = new RemoteIpValve();
		// Tomcat's default trusts all private addresses, and so every phone in the
		// classroom.
		valve.setInternalProxies(properties.trustedProxyAddresses()
			.stream()
			.map(InetAddress::getHostAddress)
			.map(Pattern::quote)
			.collect(Collectors.joining("|")));
		valve.setRemoteIpHeader("X-Forwarded-For");
		valve.setProtocolHeader("X-Forwarded-Proto");
		return valve;
	}

	@Bean
	FilterRegistrationBean<AccessFilter> accessFilter(OriginPolicy origins, Problems problems,
			@Qualifier("springSecurityFilterChain") Filter security) {
		FilterRegistrationBean<AccessFilter> filter = new FilterRegistrationBean<>(
				new AccessFilter(origins, problems, security));
		filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		filter.setOrder(ORDER);
		return filter;
	}

	/** Without this, Spring Boot would add Spring Security's filter to every path. */
	@Bean
	FilterRegistrationBean<Filter> securityOnlyByAccessFilter(@Qualifier("springSecurityFilterChain") Filter security) {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(security);
		filter.setEnabled(false);
		return filter;
	}

	/**
	 * Keeps the firewall's checks of paths, and removes those of methods and header
	 * values: they throw when the header is read, which may be after the request took
	 * effect, and students' paths do not have them either.
	 */
	@Bean
	StrictHttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		firewall.setAllowedHeaderValues((value) -> true);
		firewall.setAllowedParameterNames((name) -> true);
		return firewall;
	}

	@Bean
	SecurityFilterChain teacherPaths(HttpSecurity http, LoginWays ways, LoginFailureHandler failures,
			AccessProperties properties, PublicUrl publicUrl, OriginPolicy origins, ObjectProvider<JwtDecoder> tokens) {
		http.csrf(AbstractHttpConfigurer::disable)
			.headers(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			// The request cache would create a session for every unknown client.
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(failures).accessDeniedHandler(failures))
			.addFilterAfter(SecurityConfiguration::setTeacher, AuthorizationFilter.class);
		if (ways.passwords()) {
			addPasswords(http, failures, properties, publicUrl);
		}
		if (ways.tokens()) {
			AuthenticationProvider provider = new TokenAuthenticationProvider(tokens.getObject(), properties.token());
			http.oauth2ResourceServer((server) -> server.authenticationEntryPoint(failures)
				.accessDeniedHandler(failures)
				.jwt((jwt) -> jwt.authenticationManager(new ProviderManager(provider))));
		}
		if (ways.isNone()) {
			http.addFilterBefore(new LocalTeacherFilter(origins, properties), AuthorizationFilter.class);
		}
		http.authorizeHttpRequests((requests) -> {
			if (!ways.isNone()) {
				requests.requestMatchers(LoginFailureHandler.LOGIN_PAGE, LoginFailureHandler.LOGIN_PAGE + "/language")
					.permitAll();
			}
			requests.anyRequest().hasAuthority(TeacherAuthentication.TEACHER);
		});
		return http.build();
	}

	/**
	 * The provider is not a bean: Spring Security would also add it to the parent of this
	 * chain's manager, and call it twice for each attempt.
	 */
	private static void addPasswords(HttpSecurity http, LoginFailureHandler failures, AccessProperties properties,
			PublicUrl publicUrl) {
		DeviceCookie devices = new DeviceCookie(properties, publicUrl);
		PrioritySemaphore comparisons = new PrioritySemaphore(
				Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
		PasswordAuthenticationProvider passwords = new PasswordAuthenticationProvider(properties,
				new LoginThrottle(comparisons, TimeMeter.SYSTEM_NANOTIME));
		http.authenticationProvider(passwords)
			.httpBasic((basic) -> basic.authenticationEntryPoint(failures).authenticationDetailsSource(Source::of))
			.formLogin((form) -> form.loginPage(LoginFailureHandler.LOGIN_PAGE)
				.authenticationDetailsSource(Source::of)
				.successHandler(devices.rememberThenShow("/teacher"))
				.failureHandler(failures)
				.permitAll())
			.logout((logout) -> logout
				.logoutRequestMatcher(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/logout"))
				.logoutSuccessUrl(LoginFailureHandler.LOGIN_PAGE + "?out"));
	}

	/**
	 * Sets the teacher as a request attribute for the other packages, which do not depend
	 * on the way to log in.
	 */
	private static void setTeacher(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (SecurityContextHolder.getContext().getAuthentication() instanceof TeacherAuthentication login) {
			request.setAttribute(Teacher.ATTRIBUTE, login.teacher());
			if (login.until() != null) {
				request.setAttribute(Teacher.UNTIL_ATTRIBUTE, login.until());
			}
		}
		chain.doFilter(request, response);
	}

	@Bean
	LoginWays loginWays(Environment environment, AccessProperties properties) {
		LoginWays ways = LoginWays.of(environment);
		ways.requireSafeSettings(environment, properties.teacherRequired());
		return ways;
	}

	@Bean
	JwkSetUriJwtDecoderBuilderCustomizer issuerTimeouts() {
		return (builder) -> builder.restOperations(TokenAuthenticationProvider.issuerClient());
	}

	/** Tomcat restricts the cookie to TLS itself, unless a proxy handles TLS. */
	@Bean
	ServletContextInitializer encryptedCookie(PublicUrl publicUrl) {
		return (context) -> {
			if (publicUrl.isEncrypted()) {
				context.getSessionCookieConfig().setSecure(true);
			}
		};
	}

}
