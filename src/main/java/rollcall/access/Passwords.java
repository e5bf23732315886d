package rollcall.access;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * How passwords are hashed. Of the many kinds that Spring knows only bcrypt counts: among
 * the others is "not at all".
 */
final class Passwords {

	/** What bcrypt looks at; it ignores the rest. */
	static final int MAX_BYTES = 72;

	private static final String KIND = "bcrypt";

	private Passwords() {
	}

	static PasswordEncoder encoder() {
		return new DelegatingPasswordEncoder(KIND, Map.of(KIND, new BCryptPasswordEncoder()));
	}

	static boolean isTooLong(CharSequence password) {
		return password.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
	}

}
