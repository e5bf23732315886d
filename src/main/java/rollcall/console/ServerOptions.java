package rollcall.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options that every command shares: which server, as whom, in which language. They
 * may stand before or after the command.
 */
final class ServerOptions {

	private static final String DEFAULT_SERVER = "http://localhost:8080";

	@Option(names = "--server", paramLabel = "URL", order = 1, scope = ScopeType.INHERIT)
	private @Nullable String server;

	@Option(names = "--user", paramLabel = "${bundle:label.name}", order = 2, scope = ScopeType.INHERIT)
	private @Nullable String user;

	/** Taken before the others by {@link Language}; here it is checked and documented. */
	@Option(names = "--lang", paramLabel = "${bundle:label.language}", order = 3, scope = ScopeType.INHERIT)
	private @Nullable String language;

	@Option(names = { "-h", "--help" }, usageHelp = true, order = 4, scope = ScopeType.INHERIT)
	private boolean help;

	@Option(names = { "-v", "-V", "--version" }, versionHelp = true, order = 5, scope = ScopeType.INHERIT)
	private boolean version;

	/** A connection to the server as it was chosen; asks for the password if need be. */
	Connection connect(Desk desk) {
		if (this.language != null && Language.supported(this.language).isEmpty()) {
			throw new Failure(ExitCode.USAGE, "language.unknown", this.language, String.join(", ", Language.TAGS));
		}
		ServerAddress address = ServerAddress.parse(serverName(desk));
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Accept-Language", desk.texts().locale().toLanguageTag());
		if (this.user != null) {
			if (!address.isEncrypted() && !address.isThisMachine()) {
				desk.warn(desk.text("password.open", address));
			}
			headers.put("Authorization", basic(this.user, password(desk, this.user)));
		}
		return new Connection(address, Map.copyOf(headers));
	}

	private String serverName(Desk desk) {
		if (this.server != null) {
			return this.server;
		}
		String named = desk.environment().apply("ROLLCALL_SERVER");
		return (named != null && !named.isBlank()) ? named : DEFAULT_SERVER;
	}

	private static String password(Desk desk, String user) {
		String given = desk.environment().apply("ROLLCALL_PASSWORD");
		if (given != null) {
			return given;
		}
		char[] typed = desk.terminal().readPassword(desk.text("password.prompt", user));
		if (typed == null) {
			throw new Failure(ExitCode.USAGE, "password.missing", user);
		}
		return new String(typed);
	}

	private static String basic(String user, String password) {
		byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
		return "Basic " + Base64.getEncoder().encodeToString(credentials);
	}

}
