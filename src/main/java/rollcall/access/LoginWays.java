package rollcall.access;

import java.util.ArrayList;
import java.util.List;

import rollcall.settings.StartupFailure;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The ways to log in on this server, according to its settings.
 *
 * @param passwords whether a teacher with a password is configured
 * @param tokens whether an issuer of tokens is configured
 */
public record LoginWays(boolean passwords, boolean tokens) {

	/**
	 * The request attribute with the {@link rollcall.problem.ProblemType} of a login that
	 * the form tried and that was refused.
	 */
	public static final String REFUSAL_ATTRIBUTE = "rollcall.login-refusal";

	private static final String TOKENS = "spring.security.oauth2.resourceserver.jwt";

	static LoginWays of(Environment environment) {
		Binder settings = Binder.get(environment);
		boolean passwords = settings.bind("rollcall.teachers", Bindable.listOf(AccessProperties.Account.class))
			.map((teachers) -> !teachers.isEmpty())
			.orElse(false);
		boolean tokens = settings.bind(TOKENS, Bindable.mapOf(String.class, Object.class)).isBound();
		return new LoginWays(passwords, tokens);
	}

	/** Whether there is no way to log in (protected mode). */
	public boolean isNone() {
		return !this.passwords && !this.tokens;
	}

	/** Returns the names of the ways; the message files have a sentence for each. */
	List<String> names() {
		List<String> names = new ArrayList<>();
		if (this.passwords) {
			names.add("password");
		}
		if (this.tokens) {
			names.add("token");
		}
		return names;
	}

	/**
	 * Refuses settings that would give unknown clients access.
	 * @param environment the settings
	 * @param teacherRequired whether the server refuses to start in protected mode
	 * @throws StartupFailure if a setting is not safe
	 */
	void requireSafeSettings(Environment environment, boolean teacherRequired) {
		String strategy = environment.getProperty("server.forward-headers-strategy", "none");
		if (!strategy.equalsIgnoreCase("none")) {
			throw new StartupFailure(
					"server.forward-headers-strategy would trust the forwarding headers of every client",
					"Leave it at none, and name the proxy's own address in rollcall.trusted-proxies");
		}
		if (this.tokens && Binder.get(environment)
			.bind(TOKENS + ".audiences", Bindable.listOf(String.class))
			.orElse(List.of())
			.isEmpty()) {
			throw new StartupFailure("Tokens that were issued for other applications would be accepted: " + TOKENS
					+ ".audiences is not set", "Set it to the name under which your issuer knows this server");
		}
		// An empty variable hides the true of the container image and of the profile
		// cluster.
		if (isNone() && environment.getProperty("rollcall.teacher-required", "false").isBlank()) {
			throw new StartupFailure("rollcall.teacher-required is empty, and no teacher is configured",
					"Configure a teacher, or write true or false");
		}
		if (isNone() && teacherRequired) {
			throw new StartupFailure(
					"No teacher is configured, and in a container or behind a proxy no request comes from this machine",
					"""
							Make a hash of a password with one of

							    java -jar rollcall.jar hash-password
							    docker run --rm -it rollcall hash-password

							and start with its output in the environment:

							    ROLLCALL_TEACHERS_0_PASSWORD_HASH='{bcrypt}...'

							The teacher's name is "teacher" unless ROLLCALL_TEACHERS_0_NAME says otherwise.""");
		}
	}

}
