package rollcall.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.client.RestOperations;
import org.springframework.web.client.RestTemplate;

/**
 * Checks tokens with the keys of their issuer. The issuer may be away when the keys are
 * fetched: that is an outage and not the fault of the token, and only a few requests wait
 * for it at the same time.
 */
class TokenDecoder implements JwtDecoder {

	/** Many more than there are cores, many fewer than there are threads. */
	private static final int MAX_AT_A_TIME = 64;

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

	private final JwtDecoder decoder;

	private final Semaphore free = new Semaphore(MAX_AT_A_TIME);

	TokenDecoder(JwtDecoder decoder) {
		this.decoder = decoder;
	}

	/** The client that fetches the keys. */
	static RestOperations issuerClient() {
		SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
		requests.setConnectTimeout(CONNECT_TIMEOUT);
		requests.setReadTimeout(READ_TIMEOUT);
		return new RestTemplate(requests);
	}

	/**
	 * Checks a token.
	 * @throws BadJwtException if the token is not valid
	 * @throws AuthenticationServiceException if it cannot be checked at the moment
	 */
	@Override
	public Jwt decode(String token) {
		if (!this.free.tryAcquire()) {
			throw new AuthenticationServiceException("Too many requests wait for the issuer of tokens");
		}
		try {
			return this.decoder.decode(token);
		}
		catch (BadJwtException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new AuthenticationServiceException("The issuer of tokens does not answer", ex);
		}
		finally {
			this.free.release();
		}
	}

}
