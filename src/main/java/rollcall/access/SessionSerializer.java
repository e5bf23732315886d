package rollcall.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import rollcall.access.AccessProperties.Account;
import rollcall.roll.Teacher;

import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Stores a login in the shared session as the teacher's name. No Java object is
 * deserialized, so that stored bytes cannot run code and a newer version can read them.
 * The teacher's rights come from the present settings.
 */
class SessionSerializer {

	private final List<Account> accounts;

	SessionSerializer(List<Account> accounts) {
		this.accounts = accounts;
	}

	ConversionService conversions() {
		GenericConversionService conversions = new GenericConversionService();
		conversions.addConverter(Object.class, byte[].class, this::write);
		conversions.addConverter(byte[].class, Object.class, this::read);
		return conversions;
	}

	byte[] write(Object object) {
		if (object instanceof SecurityContext context
				&& context.getAuthentication() instanceof TeacherAuthentication login) {
			return this.accounts.stream()
				.filter((account) -> account.name().equals(login.getName()))
				.findFirst()
				.map(SessionSerializer::text)
				.orElse("")
				.getBytes(StandardCharsets.UTF_8);
		}
		throw new IllegalArgumentException("Only a login by the form can be stored");
	}

	/**
	 * Returns an empty context if the account no longer exists or its password has
	 * changed.
	 */
	SecurityContext read(byte[] stored) {
		String text = new String(stored, StandardCharsets.UTF_8);
		return this.accounts.stream()
			.filter((account) -> text(account).equals(text))
			.findFirst()
			.map((account) -> new SecurityContextImpl(
					new TeacherAuthentication(new Teacher(account.name(), account.admin()), true, null)))
			.orElseGet(SecurityContextImpl::new);
	}

	private static String text(Account account) {
		return fingerprint(account.bcrypt()) + " " + account.name();
	}

	/**
	 * Identifies a password hash without revealing it. An attacker cannot test passwords
	 * against the result without the salt, which is part of the hash.
	 */
	private static String fingerprint(String hash) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(hash.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
