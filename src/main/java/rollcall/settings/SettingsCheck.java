package rollcall.settings;

import java.util.ArrayList;
import java.util.Arrays;
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
 * Stops the start if a setting or a profile does not exist. A misspelt setting would
 * otherwise be ignored, and a roll kept for longer than somebody decided.
 */
class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String PREFIX = "rollcall";

	/** Profiles of which this program has a file. */
	private static final Set<String> PROFILES = Set.of("cluster");

	/**
	 * Environment variables of the console clients, which often run on the same machine.
	 */
	private static final Set<String> CLIENT_VARIABLES = Set.of("ROLLCALL_SERVER", "ROLLCALL_PASSWORD");

	/** Kubernetes tells a container of every service; one may be called rollcall. */
	private static final Pattern SERVICE_LINK = Pattern
		.compile(".*_SERVICE_(HOST|PORT(_.+)?)|.*_PORT_[0-9]+_(TCP|UDP|SCTP)(_.+)?");

	private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		KnownSettings own = KnownSettings.own();
		List<String> complaints = new ArrayList<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof SystemEnvironmentPropertySource variables) {
				checkVariables(variables, own, complaints);
			}
			else if (source instanceof EnumerablePropertySource<?> names) {
				checkNames(names, own, complaints);
			}
		}
		checkProfiles(environment, complaints);
		if (!complaints.isEmpty()) {
			throw new StartupFailure(String.join("\n", complaints), "Correct the name, or remove it.");
		}
	}

	private static void checkVariables(SystemEnvironmentPropertySource source, KnownSettings own,
			List<String> complaints) {
		List<String> known = own.names().stream().map(SettingName::variable).toList();
		for (String variable : source.getPropertyNames()) {
			if (variable.toLowerCase(Locale.ROOT).startsWith(PREFIX + "_") && !own.containsVariable(variable)
					&& !CLIENT_VARIABLES.contains(variable)
					&& !isServiceLink(variable, String.valueOf(source.getProperty(variable)))) {
				complaints.add(unknown("setting " + variable, "in the environment", variable, known));
			}
		}
	}

	private static boolean isServiceLink(String variable, String value) {
		return SERVICE_LINK.matcher(variable).matches()
				|| (variable.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
	}

	private static void checkNames(EnumerablePropertySource<?> source, KnownSettings own, List<String> complaints) {
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
				complaints.add(unknown("setting " + name, place(source, name), name,
						known.names().stream().map(SettingName::text).toList()));
			}
		}
	}

	/**
	 * Files and the environment may hold names for placeholders and for other programs; a
	 * name with a dot on the command line is meant as a setting.
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

	/** A profile exists if this program, or a file beside the jar, says what it means. */
	private static void checkProfiles(ConfigurableEnvironment environment, List<String> complaints) {
		for (String profile : environment.getActiveProfiles()) {
			boolean hasFile = environment.getPropertySources()
				.stream()
				.anyMatch((source) -> source.getName().contains("application-" + profile + "."));
			boolean isGroup = environment.containsProperty("spring.profiles.group." + profile)
					|| environment.containsProperty("spring.profiles.group." + profile + "[0]");
			if (!PROFILES.contains(profile) && !hasFile && !isGroup) {
				complaints
					.add(unknown("profile " + profile, "in spring.profiles.active", profile, List.copyOf(PROFILES)));
			}
		}
	}

	private static String unknown(String what, String where, String written, List<String> known) {
		return "The %s (%s) does not exist; the nearest name is %s.".formatted(what, where,
				EditDistance.nearest(written, known));
	}

}
