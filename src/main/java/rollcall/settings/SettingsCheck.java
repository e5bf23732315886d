package rollcall.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Stops the start if a setting or a profile does not exist or is not supported, or if a
 * duration has no unit. Otherwise a misspelt setting would be ignored, and sheets, for
 * example, would be kept longer than the operator wants. The message contains no value,
 * because it may be a password.
 */
class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String PREFIX = "rollcall";

	/** Profiles that have a file in this program. */
	private static final Set<String> PROFILES = Set.of("cluster");

	/** Settings that would put a prefix before every path of this server. */
	private static final List<String> PATH_PREFIXES = List.of("server.servlet.context-path", "spring.mvc.servlet.path");

	/**
	 * Environment variables of the console clients, which often run on the same machine.
	 */
	private static final Set<String> CLIENT_VARIABLES = Set.of("ROLLCALL_SERVER", "ROLLCALL_PASSWORD");

	/**
	 * Kubernetes sets variables for each service, and a service may be called rollcall.
	 */
	private static final Pattern SERVICE_LINK = Pattern
		.compile(".*_SERVICE_(HOST|PORT(_.+)?)|.*_PORT_[0-9]+_(TCP|UDP|SCTP)(_.+)?");

	private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

	/** Zero needs no unit. */
	private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?0*[1-9][0-9]*\\s*");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		KnownSettings own = KnownSettings.own();
		List<String> errors = new ArrayList<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof SystemEnvironmentPropertySource variables) {
				checkVariables(variables, own, errors);
			}
			else if (source instanceof EnumerablePropertySource<?> names) {
				checkNames(names, own, errors);
			}
		}
		checkProfiles(environment, errors);
		if (!errors.isEmpty()) {
			throw new StartupFailure(String.join("\n", errors), "Correct the name, or remove it.");
		}
		PATH_PREFIXES.forEach((name) -> refusePrefix(name, environment.getProperty(name, "")));
		own.durations().forEach((name) -> requireUnit(name.text(), environment.getProperty(name.text(), "")));
	}

	/** Spring Boot would read a number without a unit as milliseconds. */
	private static void requireUnit(String name, String value) {
		if (NUMBER.matcher(value).matches()) {
			throw new StartupFailure(name + " is a number without a unit",
					"Write the unit after it: ms, s, m (minutes), h or d (days), such as 15m");
		}
	}

	private static void refusePrefix(String name, String value) {
		if (!value.isBlank() && !value.equals("/")) {
			throw new StartupFailure(name + " is set, but rollcall works only at the root of a host",
					"Remove this setting. Give rollcall a host name or a port of its own.");
		}
	}

	private static void checkVariables(SystemEnvironmentPropertySource source, KnownSettings own, List<String> errors) {
		List<String> known = own.names().stream().map(SettingName::variable).toList();
		for (String variable : source.getPropertyNames()) {
			if (variable.toLowerCase(Locale.ROOT).startsWith(PREFIX + "_") && !own.containsVariable(variable)
					&& !CLIENT_VARIABLES.contains(variable)
					&& !isServiceLink(variable, String.valueOf(source.getProperty(variable)))) {
				errors.add(unknown("setting " + variable, "in the environment", variable, known));
			}
		}
	}

	private static boolean isServiceLink(String variable, String value) {
		return SERVICE_LINK.matcher(variable).matches()
				|| (variable.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
	}

	private static void checkNames(EnumerablePropertySource<?> source, KnownSettings own, List<String> errors) {
		@Nullable KnownSettings all = null;
		for (String name : source.getPropertyNames()) {
			String key = SettingName.key(name);
			boolean isOwn = key.equals("." + PREFIX) || key.startsWith("." + PREFIX + ".");
			if (isOwn && own.contains(name) || !isOwn && !isMeantAsSetting(source, name)) {
				continue;
			}
			KnownSettings known = own;
			if (!isOwn) {
				all = (all != null) ? all : KnownSettings.all();
				known = all;
			}
			if (!known.contains(name)) {
				errors.add(unknown("setting " + name, place(source, name), name,
						known.names().stream().map(SettingName::text).toList()));
			}
		}
	}

	/**
	 * Files and the environment may also contain names for placeholders and for other
	 * programs. On the command line a name with a dot can only be a setting.
	 */
	private static boolean isMeantAsSetting(PropertySource<?> source, String name) {
		return source instanceof CommandLinePropertySource && name.contains(".");
	}

	private static String place(PropertySource<?> source, String name) {
		if (source instanceof CommandLinePropertySource) {
			return "on the command line";
		}
		Origin origin = OriginLookup.getOrigin(source, name);
		return switch (source.getName()) {
			case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "as a system property (-D)";
			case "spring.application.json" -> "in SPRING_APPLICATION_JSON";
			default -> "in " + ((origin != null) ? origin : source.getName());
		};
	}

	/** A profile exists if this program or a file beside the jar defines it. */
	private static void checkProfiles(ConfigurableEnvironment environment, List<String> errors) {
		for (String profile : environment.getActiveProfiles()) {
			boolean hasFile = environment.getPropertySources()
				.stream()
				.anyMatch((source) -> source.getName().contains("application-" + profile + "."));
			boolean isGroup = environment.containsProperty("spring.profiles.group." + profile)
					|| environment.containsProperty("spring.profiles.group." + profile + "[0]");
			if (!PROFILES.contains(profile) && !hasFile && !isGroup) {
				errors.add(unknown("profile " + profile, "in spring.profiles.active", profile, List.copyOf(PROFILES)));
			}
		}
	}

	private static String unknown(String what, String where, String written, List<String> known) {
		return "The %s (%s) does not exist; the nearest name is %s.".formatted(what, where, nearest(written, known));
	}

	private static String nearest(String written, List<String> names) {
		String lower = written.toLowerCase(Locale.ROOT);
		return names.stream()
			.min(Comparator.comparingInt((name) -> distance(lower, name.toLowerCase(Locale.ROOT))))
			.orElseThrow();
	}

	/**
	 * Returns the Levenshtein distance: the number of letters to add, remove or replace
	 * to turn one name into the other.
	 */
	static int distance(String left, String right) {
		int[] above = new int[right.length() + 1];
		for (int j = 0; j <= right.length(); j++) {
			above[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int[] row = new int[right.length() + 1];
			row[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int replaced = above[j - 1] + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
			}
			above = row;
		}
		return above[right.length()];
	}

}
