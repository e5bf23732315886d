package rollcall.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import rollcall.settings.StartupFailure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of access. An unsafe value stops the start, with a message that says what
 * to write instead.
 *
 * @param teachers teachers with a password; without one, and without tokens, the server
 * is in protected mode
 * @param teacherRequired whether the server refuses to start in protected mode; useful in
 * a container, where no request comes from this machine
 * @param allowedHosts names of this server besides localhost and IP addresses
 * @param trustedProxies exact addresses of the proxies whose forwarding headers are used
 * @param token how the claims of a token become a teacher
 */
@ConfigurationProperties("rollcall")
record AccessProperties(@DefaultValue List<Account> teachers, @DefaultValue("false") Boolean teacherRequired,
		@DefaultValue List<String> allowedHosts, @DefaultValue List<String> trustedProxies,
		@DefaultValue TokenClaims token) {

	private static final Pattern HOST_NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?");

	AccessProperties {
		allowedHosts = allowedHosts.stream().map((name) -> name.toLowerCase(Locale.ROOT)).toList();
		for (String name : allowedHosts) {
			if (!HOST_NAME.matcher(name).matches() && !HostAndPort.isAddress(name)) {
				throw new StartupFailure("rollcall.allowed-hosts has an entry that is no host name: " + name,
						"Write names without scheme, port or wildcard, such as roll.example.org");
			}
		}
		for (String proxy : trustedProxies) {
			if (!HostAndPort.isAddress(proxy) && !HostAndPort.isAddress("[" + proxy + "]")) {
				throw new StartupFailure("rollcall.trusted-proxies has an entry that is no address: " + proxy,
						"Write the proxy's own address, such as 192.0.2.7, not a name or a range");
			}
		}
		for (int i = 0; i < teachers.size(); i++) {
			teachers.get(i).require("rollcall.teachers[" + i + "]");
		}
		if (teachers.stream().map(Account::name).distinct().count() < teachers.size()) {
			throw new StartupFailure("Two entries of rollcall.teachers have the same name",
					"Give each teacher a different name");
		}
	}

	Optional<Account> account(String name) {
		return this.teachers.stream().filter((account) -> account.name().equals(name)).findFirst();
	}

	List<InetAddress> trustedProxyAddresses() {
		return this.trustedProxies.stream().map(HostAndPort::address).toList();
	}

	/**
	 * A teacher with a password.
	 *
	 * @param name the name to log in with
	 * @param passwordHash the output of {@code hash-password}
	 * @param admin whether this teacher may use the rolls of all teachers
	 */
	record Account(@DefaultValue("teacher") String name, @Nullable String passwordHash,
			@DefaultValue("false") Boolean admin) {

		/**
		 * Longer names stop the start. A login with a longer name is refused without a
		 * comparison.
		 */
		static final int MAX_NAME_LENGTH = 64;

		private static final Pattern BCRYPT = Pattern.compile("(\\{bcrypt})?\\$2[aby]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}");

		private void require(String setting) {
			if (this.name.isBlank() || this.name.length() > MAX_NAME_LENGTH || this.name.indexOf(':') >= 0
					|| this.name.chars().anyMatch(Character::isISOControl)) {
				throw new StartupFailure(setting + ".name cannot be a name to log in with",
						"Write 1 to " + MAX_NAME_LENGTH + " characters without colons and control characters");
			}
			if (this.passwordHash == null || !BCRYPT.matcher(this.passwordHash).matches()) {
				throw new StartupFailure(
						setting + ".password-hash is " + ((this.passwordHash == null) ? "missing" : "not a hash")
								+ HashDamage.explain(this.passwordHash),
						"Make one with: java -jar rollcall.jar hash-password\n"
								+ "and set this setting to its output. The password itself is never accepted here.");
			}
		}

		/** Returns the hash without its prefix, which can only be {@code {bcrypt}}. */
		String bcrypt() {
			String hash = (this.passwordHash != null) ? this.passwordHash : "";
			return hash.substring(hash.indexOf('$'));
		}

		/** Does not contain the hash, because the text may be logged. */
		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * The claims of a token that the server reads. None may be empty: an empty role would
	 * be that of every token whose claim of roles is an empty text.
	 *
	 * @param rolesClaim the claim with the roles; dots lead into nested claims, as in
	 * {@code realm_access.roles}
	 * @param nameClaim the claim with the unique name of a teacher
	 * @param teacherRole the role of a teacher
	 * @param adminRole the role of a teacher who may use the rolls of all teachers
	 */
	record TokenClaims(@DefaultValue("roles") String rolesClaim, @DefaultValue("sub") String nameClaim,
			@DefaultValue("rollcall-teacher") String teacherRole, @DefaultValue("rollcall-admin") String adminRole) {

		TokenClaims {
			requireText("roles-claim", rolesClaim);
			requireText("name-claim", nameClaim);
			requireText("teacher-role", teacherRole);
			requireText("admin-role", adminRole);
		}

		private static void requireText(String setting, String value) {
			if (value.isBlank()) {
				throw new StartupFailure("rollcall.token." + setting + " is empty",
						"Write a value, or remove this setting to use the default");
			}
		}

	}

	/**
	 * The ways in which shells and configuration files damage a password hash, each with
	 * an explanation. The explanation never contains the value, because it may be a
	 * password.
	 */
	private enum HashDamage {

		QUOTED("['\"].*|.*['\"]", """
				: it is in quotes, which are part of the value here. Remove them: only a shell takes quotes away"""),

		ESCAPED(".*\\\\\\$.*", """
				: it has backslashes before $, which are part of the value here. Remove them"""),

		DOUBLED(".*\\$\\$.*", """
				: each $ is doubled, which only compose.yaml needs. Write each $ once"""),

		/** A shell turns {@code "$2a$10$x"} into {@code a0}. */
		EXPANDED("\\{bcrypt}(?!\\$2).*|[aby][0-9].*", """
				: a shell has replaced the parts that begin with $. \
				Write the hash in single quotes: '{bcrypt}$2a$10$...'""");

		private final Pattern pattern;

		private final String explanation;

		HashDamage(String pattern, String explanation) {
			this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
			this.explanation = explanation;
		}

		/** Returns the end of a sentence, empty if the kind of damage is unknown. */
		static String explain(@Nullable String value) {
			return Arrays.stream(values())
				.filter((damage) -> value != null && damage.pattern.matcher(value).matches())
				.map((damage) -> damage.explanation)
				.findFirst()
				.orElse("");
		}

	}

}
