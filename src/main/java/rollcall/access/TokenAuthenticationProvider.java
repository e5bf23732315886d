package rollcall.access;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import rollcall.access.AccessProperties.TokenClaims;
import rollcall.roll.Teacher;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/**
 * Checks tokens with the keys of their issuer, and reads the teacher from them. If the
 * issuer does not answer, the token is not wrong but cannot be checked, and only a
 * limited number of requests wait for the issuer at the same time.
 */
class TokenAuthenticationProvider implements AuthenticationProvider {

	/**
	 * Limit of requests that check a token at the same time: far above the number of
	 * cores, far below the number of threads.
	 */
	private static final int MAX_CONCURRENT = 64;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

	/** Contains a colon, so that the name never equals the name of an account. */
	private static final String NAME_PREFIX = "token:";

	private final JwtDecoder decoder;

	private final TokenClaims claims;

	private final Semaphore free = new Semaphore(MAX_CONCURRENT);

	TokenAuthenticationProvider(JwtDecoder decoder, TokenClaims claims) {
		this.decoder = decoder;
		this.claims = claims;
	}

	/** Creates the client that fetches the keys. */
	static RestOperations issuerClient() {
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setConnectTimeout(CONNECT_TIMEOUT);
		requests.setReadTimeout(READ_TIMEOUT);
		return new RestTemplate(requests);
	}

	@Override
	public Authentication authenticate(Authentication attempt) {
		return teacher(decode(((BearerTokenAuthenticationToken) attempt).getToken()), this.claims);
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication);
	}

	private Jwt decode(String token) {
		if (!this.free.tryAcquire()) {
			throw new IssuerUnavailableException("Too many requests wait for the issuer of tokens");
		}
		try {
			return this.decoder.decode(token);
		}
		catch (BadJwtException ex) {
			throw new InvalidBearerTokenException("The token is not valid", ex);
		}
		catch (RuntimeException ex) {
			throw new IssuerUnavailableException("The issuer of tokens does not answer", ex);
		}
		finally {
			this.free.release();
		}
	}

	/**
	 * Reads the teacher.
	 * @param token a token whose signature, issuer, audience and time were checked
	 * @param claims the claims to read
	 */
	static TeacherAuthentication teacher(Jwt token, TokenClaims claims) {
		String name = token.getClaimAsString(claims.nameClaim());
		if (name == null || name.isBlank() || token.getExpiresAt() == null) {
			throw new InvalidBearerTokenException("The token has no name or no expiry time");
		}
		Collection<?> roles = roles(find(token.getClaims(), claims.rolesClaim()));
		boolean admin = roles.contains(claims.adminRole());
		boolean teacher = admin || roles.contains(claims.teacherRole());
		return new TeacherAuthentication(new Teacher(NAME_PREFIX + name, admin), teacher, token.getExpiresAt());
	}

	/** Reads a list, words in one text, or the keys of an object (Zitadel). */
	private static Collection<?> roles(@Nullable Object value) {
		if (value instanceof String text) {
			return Arrays.asList(text.split(" "));
		}
		if (value instanceof Map<?, ?> byRole) {
			return byRole.keySet();
		}
		return (value instanceof Collection<?> list) ? list : List.of();
	}

	/**
	 * Finds a claim. A dot leads into a nested claim, or is part of a name, as in
	 * Keycloak's {@code resource_access.my.client.roles}: both are tried for each dot.
	 */
	private static @Nullable Object find(Map<?, ?> claims, String path) {
		Object value = claims.get(path);
		for (int dot = path.lastIndexOf('.'); value == null && dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
			if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> nested) {
				value = find(nested, path.substring(dot + 1));
			}
		}
		return value;
	}

	/** The token could not be checked. */
	static final class IssuerUnavailableException extends AuthenticationException {

		IssuerUnavailableException(String message) {
			super(message);
		}

		IssuerUnavailableException(String message, Throwable cause) {
			super(message, cause);
		}

	}

}
