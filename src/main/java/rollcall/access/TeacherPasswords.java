package rollcall.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import rollcall.access.AccessProperties.Account;
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

/**
 * Checks names and passwords. A right password is remembered for a while as a keyed
 * digest in memory, because bcrypt on every request allows three requests a second;
 * requests that bring the same password at the same time share one comparison. Unknown
 * names cost the same comparison as known ones.
 */
class TeacherPasswords implements AuthenticationProvider {

	private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

	private static final int MAX_REMEMBERED = 1_000;

	private static final int KEY_BYTES = 32;

	private final Cache<Credentials, Authentication> right = Caffeine.newBuilder()
		.maximumSize(MAX_REMEMBERED)
		.expireAfterWrite(REMEMBERED_FOR)
		.build();

	/** The comparisons under way; no more than there are requests. */
	private final Map<Credentials, CompletableFuture<Authentication>> running = new ConcurrentHashMap<>();

	private final List<Account> accounts;

	private final LoginThrottle throttle;

	private final DaoAuthenticationProvider comparison;

	private final Keyed digests;

	TeacherPasswords(List<Account> accounts, LoginThrottle throttle) {
		this.accounts = accounts;
		this.throttle = throttle;
		this.comparison = new DaoAuthenticationProvider(this::find);
		this.comparison.setPasswordEncoder(Passwords.encoder());
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		this.digests = new Keyed(key);
	}

	@Override
	public Authentication authenticate(Authentication attempt) {
		String name = attempt.getName();
		String password = String.valueOf(attempt.getCredentials());
		if (Passwords.isTooLong(password)) {
			throw new PasswordTooLongException();
		}
		if (name.length() > Account.MAX_NAME_LENGTH) {
			throw new BadCredentialsException("No account has such a long name");
		}
		Credentials credentials = new Credentials(name, this.digests.digest(password));
		Authentication known = this.right.getIfPresent(credentials);
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
			this.right.put(credentials, login);
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
		Account account = account(name);
		LoginOrigin origin = (LoginOrigin) Objects.requireNonNull(attempt.getDetails());
		String device = origin.device();
		boolean known = account != null && DeviceCookie.isFor(device, account);
		this.throttle.compare(name, known ? String.valueOf(device) : origin.address(), known,
				() -> this.comparison.authenticate(attempt));
		return new TeacherLogin(new Teacher(name, account != null && account.admin()), true, null);
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
		Account account = account(name);
		if (account == null) {
			throw new UsernameNotFoundException(name);
		}
		return User.withUsername(name)
			.password("{bcrypt}" + account.bcrypt())
			.authorities(TeacherLogin.TEACHER)
			.build();
	}

	private @Nullable Account account(String name) {
		return this.accounts.stream().filter((account) -> account.name().equals(name)).findFirst().orElse(null);
	}

	/** A name, and a digest of the password that came with it. */
	private record Credentials(String name, String passwordDigest) {
	}

	/** The password is longer than bcrypt can compare. */
	static final class PasswordTooLongException extends AuthenticationException {

		PasswordTooLongException() {
			super("The password is too long");
		}

	}

}
