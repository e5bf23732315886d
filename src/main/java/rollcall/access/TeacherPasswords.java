package rollcall.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;
import rollcall.access.AccessProperties.Account;
import rollcall.roll.Teacher;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Compares passwords. One that was right is remembered for a while, as a keyed digest in
 * memory, since bcrypt on every request was measured at three requests a second; one that
 * was wrong, or whose name nobody has, always costs the same one bcrypt.
 */
class TeacherPasswords implements AuthenticationProvider {

	private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

	private static final String DIGEST = "HmacSHA256";

	private final Map<String, Account> accounts = new LinkedHashMap<>();

	private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

	private final PasswordEncoder encoder = Passwords.encoder();

	private final LoginBrake brake;

	private final SecretKeySpec digestKey;

	TeacherPasswords(List<Account> accounts, LoginBrake brake) {
		accounts.forEach((account) -> this.accounts.put(account.name(), account));
		this.brake = brake;
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		this.digestKey = new SecretKeySpec(key, DIGEST);
	}

	@Override
	public Authentication authenticate(Authentication attempt) {
		String name = attempt.getName();
		String password = String.valueOf(attempt.getCredentials());
		Account account = this.accounts.get(name);
		byte[] digest = digest(password);
		if (account == null || !isRemembered(name, digest)) {
			LoginBrake.Attempt running = this.brake.enter(name, addressOf(attempt));
			if (!verify(account, password, running)) {
				throw running.failed();
			}
			running.succeeded();
			this.remembered.put(name, new Remembered(digest, System.nanoTime() + REMEMBERED_FOR.toNanos()));
		}
		TeacherLogin login = new TeacherLogin(new Teacher(name, Objects.requireNonNull(account).admin()), true, null);
		login.setDetails(attempt.getDetails());
		return login;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

	private boolean isRemembered(String name, byte[] digest) {
		Remembered last = this.remembered.get(name);
		return last != null && System.nanoTime() - last.untilNanos < 0 && MessageDigest.isEqual(last.digest, digest);
	}

	private boolean verify(@Nullable Account account, String password, LoginBrake.Attempt running) {
		Account compared = (account != null) ? account : this.accounts.values().iterator().next();
		String encoded = "{bcrypt}" + compared.bcrypt();
		boolean tooLong = Passwords.isTooLong(password);
		boolean matches = running.run(() -> this.encoder.matches(tooLong ? "" : password, encoded));
		return matches && !tooLong && account != null;
	}

	private byte[] digest(String password) {
		try {
			Mac mac = Mac.getInstance(DIGEST);
			mac.init(this.digestKey);
			return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String addressOf(Authentication attempt) {
		return (attempt.getDetails() instanceof WebAuthenticationDetails details)
				? String.valueOf(details.getRemoteAddress()) : "";
	}

	/** A password that was right, until when. */
	private record Remembered(byte[] digest, long untilNanos) {
	}

}
