package rollcall.access;

import java.util.regex.Pattern;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import rollcall.problem.Problems;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.session.DisableEncodeUrlFilter;

/**
 * The one place that says who may do what. Students' paths are open; every other path
 * needs a teacher: by password or token if one of them is configured, otherwise by being
 * at this machine. Against forged requests stands {@link OriginFilter} alone, for every
 * way to log in.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(AccessProperties.class)
class SecurityConfiguration {

	/**
	 * Open to the network: the student's page with its files, presences, health, and the
	 * descriptions of the interfaces. The path is compared as it was sent: with an escape
	 * or a parameter in it, it is none of these.
	 */
	private static final Pattern OPEN = Pattern.compile(String.join("|", "/", "/[0-9]+",
			"/assets/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*", "/favicon\\.ico",
			"/classes/[^/;]+/presence", "/actuator/health(?:/[a-z]+)?", "/v3/api-docs(?:\\.yaml|/swagger-config)?",
			"/swagger-ui\\.html", "/swagger-ui/[A-Za-z0-9_-][A-Za-z0-9._-]*", "/asyncapi\\.yaml"));

	/**
	 * Leads open paths around Spring Security: to pass an empty chain, with its firewall,
	 * was measured to cost a presence 7 % more CPU.
	 */
	@Bean
	FilterRegistrationBean<Filter> teacherFilter(@Qualifier("springSecurityFilterChain") Filter security) {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
			if (isOpen((HttpServletRequest) request)) {
				chain.doFilter(request, response);
			}
			else {
				security.doFilter(request, response, chain);
			}
		});
		filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		filter.setOrder(OriginFilter.ORDER + 20);
		return filter;
	}

	/** The container would add this filter to every path by itself. */
	@Bean
	FilterRegistrationBean<Filter> securityOnlyByTeacherFilter(
			@Qualifier("springSecurityFilterChain") Filter security) {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(security);
		filter.setEnabled(false);
		return filter;
	}

	/**
	 * The firewall's checks of the path stay. Its checks of methods and header values go:
	 * it throws when the header is read, which may be after the request took effect, and
	 * the students' paths have no such check either.
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
			AccessProperties properties, Hosts hosts, ObjectProvider<JwtDecoder> tokens,
			ObjectProvider<SharedLogins> sharedLogins, Problems problems) {
		http.csrf(AbstractHttpConfigurer::disable)
			.headers(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			// It would make a session for every stranger.
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(failures).accessDeniedHandler(failures))
			.addFilterBefore(new OutageFilter(problems), DisableEncodeUrlFilter.class)
			.addFilterAfter(new TeacherAttributeFilter(), AuthorizationFilter.class);
		sharedLogins.ifAvailable((logins) -> logins.addTo(http));
		if (ways.passwords()) {
			addPasswords(http, failures, properties);
		}
		if (ways.tokens()) {
			http.oauth2ResourceServer((server) -> server.authenticationEntryPoint(failures)
				.accessDeniedHandler(failures)
				.jwt((jwt) -> jwt.decoder(new TokenDecoder(tokens.getObject()))
					.jwtAuthenticationConverter(new TokenTeachers(properties.token()))));
		}
		if (ways.isNone()) {
			http.addFilterBefore(new LocalTeacherFilter(hosts, properties), AuthorizationFilter.class);
		}
		http.authorizeHttpRequests((requests) -> {
			if (ways.passwords()) {
				requests.requestMatchers(LoginFailureHandler.LOGIN_PAGE).permitAll();
			}
			requests.anyRequest().hasAuthority(TeacherLogin.TEACHER);
		});
		return http.build();
	}

	/**
	 * The provider is no bean: Spring Security would also put it into the parent of the
	 * chain's manager and ask it twice for each attempt.
	 */
	private static void addPasswords(HttpSecurity http, LoginFailureHandler failures, AccessProperties properties) {
		DeviceCookie devices = new DeviceCookie(properties);
		TeacherPasswords passwords = new TeacherPasswords(properties.teachers(), new LoginThrottle());
		http.authenticationProvider(passwords)
			.httpBasic((basic) -> basic.authenticationEntryPoint(failures).authenticationDetailsSource(LoginOrigin::of))
			.formLogin((form) -> form.loginPage(LoginFailureHandler.LOGIN_PAGE)
				.authenticationDetailsSource(LoginOrigin::of)
				.successHandler(devices.rememberThenShow("/teacher"))
				.failureHandler(failures)
				.permitAll())
			.logout((logout) -> logout
				.logoutRequestMatcher(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/logout"))
				.logoutSuccessUrl(LoginFailureHandler.LOGIN_PAGE));
	}

	@Bean
	LoginWays loginWays(Environment environment, AccessProperties properties) {
		LoginWays ways = LoginWays.of(environment);
		ways.requireSafeSettings(environment, properties.teacherRequired());
		return ways;
	}

	@Bean
	JwkSetUriJwtDecoderBuilderCustomizer issuerTimeouts() {
		return (builder) -> builder.restOperations(TokenDecoder.issuerClient());
	}

	/**
	 * Tomcat marks the cookie by itself where it knows of TLS, but a proxy may hide that.
	 */
	@Bean
	ServletContextInitializer encryptedCookie(AccessProperties properties) {
		return (context) -> {
			if (properties.isPublicUrlEncrypted()) {
				context.getSessionCookieConfig().setSecure(true);
			}
		};
	}

	private static boolean isOpen(HttpServletRequest request) {
		String path = request.getRequestURI();
		String context = request.getContextPath();
		return OPEN.matcher(context.isEmpty() ? path : path.substring(context.length())).matches();
	}

}
