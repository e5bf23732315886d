package rollcall.access;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import rollcall.settings.StartupFailure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of who may do what. What would open a door by mistake is refused at start,
 * in words that say what to do instead.
 *
 * @param teachers who may log in with a password; none is the protected mode, unless
 * tokens are configured
 * @param teacherRequired whether the server starts only if somebody may log in: in a
 * container nobody is at this machine
 * @param allowedHosts names under which this server is reached, besides localhost and
 * bare addresses
 * @param publicUrl the address under which browsers see the server, if a proxy changes it
 * @param trustedProxies the exact addresses of proxies whose forwarding headers are
 * believed
 * @param token how a token's claims become a teacher
 */
@ConfigurationProperties("rollcall")
record AccessProperties(@DefaultValue List<Account> teachers, @DefaultValue("false") boolean teacherRequired,
		@DefaultValue List<String> allowedHosts, @Nullable URI publicUrl, @DefaultValue List<String> trustedProxies,
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
		if (publicUrl != null && origin(publicUrl).isEmpty()) {
			throw new StartupFailure("rollcall.public-url is not an address of the web",
					"Write it like https://roll.example.org");
		}
		for (String proxy : trustedProxies) {
			if (!HostAndPort.isAddress(proxy) && !HostAndPort.isAddress("[" + proxy + "]")) {
				throw new StartupFailure("rollcall.trusted-proxies has an entry that is no address: " + proxy,
						"Write the proxy's own address, such as 192.0.2.7: no name, no range");
			}
		}
		for (int i = 0; i < teachers.size(); i++) {
			teachers.get(i).require("rollcall.teachers[" + i + "]");
		}
		if (teachers.stream().map(Account::name).distinct().count() < teachers.size()) {
			throw new StartupFailure("Two entries of rollcall.teachers have the same name",
					"Give each teacher a name of their own");
		}
	}

	Optional<Account> account(String name) {
		return this.teachers.stream().filter((account) -> account.name().equals(name)).findFirst();
	}

	List<InetAddress> trustedProxyAddresses() {
		return this.trustedProxies.stream().map(HostAndPort::address).toList();
	}

	Optional<Origin> publicOrigin() {
		return Optional.ofNullable(this.publicUrl).flatMap(AccessProperties::origin);
	}

	boolean isPublicUrlEncrypted() {
		return publicOrigin().filter(Origin::isEncrypted).isPresent();
	}

	private static Optional<Origin> origin(URI url) {
		return Origin.parse(url.getScheme() + "://" + url.getRawAuthority());
	}

	/**
	 * A teacher with a password.
	 *
	 * @param name the name to log in with
	 * @param passwordHash what {@code hash-password} printed
	 * @param admin whether the rolls of all teachers are open to this one
	 */
	record Account(@DefaultValue("teacher") String name, @Nullable String passwordHash,
			@DefaultValue("false") boolean admin) {

		/** Longer names are refused at start, and at a login without any work. */
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
								+ "and set what it prints. A password itself is never accepted here.");
			}
		}

		/** The hash without the name of its kind, which is always bcrypt. */
		String bcrypt() {
			String hash = (this.passwordHash != null) ? this.passwordHash : "";
			return hash.substring(hash.indexOf('$'));
		}

		/** Without the hash: what is printed may be logged. */
		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * How the claims of a token are read.
	 *
	 * @param rolesClaim the claim that lists the roles; dots lead into nested claims, as
	 * in {@code realm_access.roles}
	 * @param nameClaim the claim that tells teachers apart
	 * @param teacherRole the role that makes a teacher
	 * @param adminRole the role that opens the rolls of all teachers
	 */
	record TokenClaims(@DefaultValue("roles") String rolesClaim, @DefaultValue("sub") String nameClaim,
			@DefaultValue("rollcall-teacher") String teacherRole, @DefaultValue("rollcall-admin") String adminRole) {
	}

}
