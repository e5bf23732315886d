package rollcall.access;

import jakarta.servlet.Filter;
import rollcall.problem.Problems;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Accounts: HTTP Basic for consoles, a form with a session for pages, tokens if an issuer
 * is configured. Whatever is not said here needs a teacher. Against forged requests
 * stands {@link OriginFilter} alone, whatever the login.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(AccountsConfigured.class)
@EnableWebSecurity
class AccountsConfiguration {

	@Bean
	TeacherPasswords teacherPasswords(AccessProperties properties) {
		return new TeacherPasswords(properties.teachers(), new LoginBrake());
	}

	@Bean
	Refusals refusals(Problems problems, AccessProperties properties) {
		return new Refusals(problems, !properties.teachers().isEmpty());
	}

	@Bean
	SecurityFilterChain teachers(HttpSecurity http, TeacherPasswords passwords, Refusals refusals,
			ObjectProvider<JwtDecoder> tokens, AccessProperties properties, Environment environment) {
		http.authenticationProvider(passwords)
			.csrf(AbstractHttpConfigurer::disable)
			.headers(AbstractHttpConfigurer::disable)
			.anonymous(AbstractHttpConfigurer::disable)
			// It would make a session for every stranger.
			.requestCache((cache) -> cache.requestCache(new NullRequestCache()))
			.exceptionHandling((failures) -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
			.addFilterAfter(new TeacherAttributeFilter(), AuthorizationFilter.class);
		if (!properties.teachers().isEmpty()) {
			http.httpBasic((basic) -> basic.authenticationEntryPoint(refusals))
				.formLogin((form) -> form.loginPage(LoginPage.PATH)
					.defaultSuccessUrl("/teacher", true)
					.failureHandler(refusals)
					.permitAll())
				.logout((logout) -> logout
					.logoutRequestMatcher(PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/logout"))
					.logoutSuccessUrl(LoginPage.PATH));
		}
		if (AccountsConfigured.hasTokens(environment)) {
			AccountsConfigured.requireAudience(environment);
			http.oauth2ResourceServer((server) -> server.authenticationEntryPoint(refusals)
				.accessDeniedHandler(refusals)
				.jwt((jwt) -> jwt.decoder(tokens.getObject())
					.jwtAuthenticationConverter(new TokenTeachers(properties.token()))));
		}
		http.authorizeHttpRequests((requests) -> requests.requestMatchers(LoginPage.PATH)
			.permitAll()
			.anyRequest()
			.hasAuthority(TeacherLogin.TEACHER));
		return http.build();
	}

	@Bean
	AccountsDoor accountsDoor(@Qualifier("springSecurityFilterChain") Filter chain,
			ObjectProvider<SharedLogins> shared) {
		SharedLogins logins = shared.getIfAvailable();
		return new AccountsDoor((logins != null) ? logins.inFrontOf(chain) : chain);
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

	/** Boot would put the chain in everybody's way; {@link TeacherFilter} does not. */
	@Bean
	FilterRegistrationBean<Filter> notInEverybodysWay(@Qualifier("springSecurityFilterChain") Filter chain) {
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(chain);
		registration.setEnabled(false);
		return registration;
	}

}
