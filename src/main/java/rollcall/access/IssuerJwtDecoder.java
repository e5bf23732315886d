package rollcall.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/**
 * Checks tokens with the keys of their issuer. If the issuer does not answer, the token
 * is not wrong but cannot be checked, and only a limited number of requests wait for the
 * issuer at the same time.
 */
class IssuerJwtDecoder implements JwtDecoder {

	/** Far more than the cores, far fewer than the threads. */
	private static final int MAX_CONCURRENT = 64;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

	private final JwtDecoder decoder;

	private final Semaphore free = new Semaphore(MAX_CONCURRENT);

	IssuerJwtDecoder(JwtDecoder decoder) {
		this.decoder = decoder;
	}

	/** Creates the client that fetches the keys. */
	static RestOperations issuerClient() {
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setConnectTimeout(CONNECT_TIMEOUT);
		requests.setReadTimeout(READ_TIMEOUT);
		return new RestTemplate(requests);
	}

	/**
	 * Checks a token.
	 * @throws BadJwtException if the token is not valid
	 * @throws IssuerUnavailableException if it cannot be checked at the moment
	 */
	@Override
	public Jwt decode(String token) {
		if (!this.free.tryAcquire()) {
			throw new IssuerUnavailableException("Too many requests wait for the issuer of tokens", null);
		}
		try {
			return this.decoder.decode(token);
		}
		catch (BadJwtException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new IssuerUnavailableException("The issuer of tokens does not answer", ex);
		}
		finally {
			this.free.release();
		}
	}

	/** The token could not be checked. */
	static final class IssuerUnavailableException extends AuthenticationException {

		IssuerUnavailableException(String message, @Nullable Throwable cause) {
			super(message, cause);
		}

	}

}
