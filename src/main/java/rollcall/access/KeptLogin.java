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
 * What of a login is kept between two requests: the teacher's name. No Java object is
 * read back, so that a newer program understands an older one's and nobody's bytes run
 * anything; and what the teacher may do is what the settings say now.
 */
class KeptLogin {

	private final List<Account> accounts;

	KeptLogin(List<Account> accounts) {
		this.accounts = accounts;
	}

	ConversionService conversions() {
		GenericConversionService conversions = new GenericConversionService();
		conversions.addConverter(Object.class, byte[].class, this::write);
		conversions.addConverter(byte[].class, Object.class, this::read);
		return conversions;
	}

	byte[] write(Object context) {
		if (context instanceof SecurityContext kept && kept.getAuthentication() instanceof TeacherLogin login) {
			return this.accounts.stream()
				.filter((account) -> account.name().equals(login.getName()))
				.findFirst()
				.map(KeptLogin::text)
				.orElse("")
				.getBytes(StandardCharsets.UTF_8);
		}
		throw new IllegalArgumentException("Nothing but a login by the form is kept");
	}

	/** Nobody's, if the account is gone or its password is another now. */
	SecurityContext read(byte[] kept) {
		String text = new String(kept, StandardCharsets.UTF_8);
		return this.accounts.stream()
			.filter((account) -> text(account).equals(text))
			.findFirst()
			.map((account) -> new SecurityContextImpl(
					new TeacherLogin(new Teacher(account.name(), account.admin()), true, null)))
			.orElseGet(SecurityContextImpl::new);
	}

	private static String text(Account account) {
		return sign(account.bcrypt()) + " " + account.name();
	}

	/**
	 * Tells one password hash from another and gives none away: without its salt there is
	 * nothing to try guesses on.
	 */
	private static String sign(String hash) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(hash.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
