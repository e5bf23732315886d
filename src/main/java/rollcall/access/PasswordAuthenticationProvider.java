package rollcall.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.access.AccessProperties.Account;
import rollcall.roll.ClientNetwork;
import rollcall.roll.Teacher;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.web.util.WebUtils;

/**
 * Checks names and passwords. It keeps a keyed digest of each right password in memory
 * for some minutes, because with bcrypt for every request the server could answer only
 * three requests a second. Simultaneous requests with the same password share one
 * comparison. An unknown name takes as long as a known one.
 */
class PasswordAuthenticationProvider implements AuthenticationProvider {

	private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

	private static final int MAX_REMEMBERED = 1_000;

	private static final int KEY_BYTES = 32;

	private final Cache<Credentials, Authentication> rightPasswords = Caffeine.newBuilder()
		.maximumSize(MAX_REMEMBERED)
		.expireAfterWrite(REMEMBERED_FOR)
		.build();

	/** Comparisons in progress, at most one for each request in progress. */
	private final Map<Credentials, CompletableFuture<Authentication>> running = new ConcurrentHashMap<>();

	private final AccessProperties properties;

	private final LoginThrottle throttle;

	private final DaoAuthenticationProvider comparison;

	private final byte[] digestKey = new byte[KEY_BYTES];

	PasswordAuthenticationProvider(AccessProperties properties, LoginThrottle throttle) {
		this.properties = properties;
		this.throttle = throttle;
		this.comparison = new DaoAuthenticationProvider(this::find);
		this.comparison.setPasswordEncoder(HashPassword.encoder());
		new SecureRandom().nextBytes(this.digestKey);
	}

	@Override
	public Authentication authenticate(Authentication attempt) {
		String name = attempt.getName();
		String password = String.valueOf(attempt.getCredentials());
		if (HashPassword.isTooLong(password)) {
			throw new PasswordTooLongException();
		}
		if (name.length() > Account.MAX_NAME_LENGTH) {
			throw new BadCredentialsException("No account has such a long name");
		}
		Credentials credentials = new Credentials(name, DeviceCookie.hmac(this.digestKey, password));
		Authentication known = this.rightPasswords.getIfPresent(credentials);
		return (known != null) ? known : compareOnce(credentials, attempt);
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

	private Authentication compareOnce(Credentials credentials, Authentication attempt) {
		CompletableFuture<Authentication> mine = new CompletableFuture<>();
		CompletableFuture<Authentication> other = this.running.putIfAbsent(credentials, mine);
		if (other != null) {
			return join(other);
		}
		try {
			Authentication login = compare(attempt);
			this.rightPasswords.put(credentials, login);
			mine.complete(login);
			return login;
		}
		catch (Throwable ex) {
			mine.completeExceptionally(ex);
			throw ex;
		}
		finally {
			this.running.remove(credentials);
		}
	}

	private Authentication compare(Authentication attempt) {
		String name = attempt.getName();
		Account account = this.properties.account(name).orElse(null);
		Source source = (Source) Objects.requireNonNull(attempt.getDetails());
		String device = source.device();
		boolean known = account != null && DeviceCookie.isFor(device, account);
		this.throttle.compare(name, known ? String.valueOf(device) : source.network(), known,
				() -> this.comparison.authenticate(attempt));
		return new TeacherAuthentication(new Teacher(name, account != null && account.admin()), true, null);
	}

	private static Authentication join(CompletableFuture<Authentication> result) {
		try {
			return result.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof AuthenticationException refusal) {
				throw refusal;
			}
			throw ex;
		}
	}

	private UserDetails find(String name) {
		Account account = this.properties.account(name).orElseThrow(() -> new UsernameNotFoundException(name));
		return User.withUsername(name)
			.password("{bcrypt}" + account.bcrypt())
			.authorities(TeacherAuthentication.TEACHER)
			.build();
	}

	private record Credentials(String name, String passwordDigest) {
	}

	/**
	 * The source of a login attempt.
	 *
	 * @param network the network of the client
	 * @param device the value of the device cookie as it was sent, null without one
	 */
	record Source(String network, @Nullable String device) {

		static Source of(HttpServletRequest request) {
			Cookie device = WebUtils.getCookie(request, DeviceCookie.NAME);
			return new Source(ClientNetwork.of(request), (device != null) ? device.getValue() : null);
		}

	}

	/** The password has more bytes than bcrypt compares. */
	static final class PasswordTooLongException extends AuthenticationException {

		PasswordTooLongException() {
			super("The password is too long");
		}

	}

}
