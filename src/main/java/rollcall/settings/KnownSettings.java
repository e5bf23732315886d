package rollcall.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;

/**
 * The settings that exist, read from the metadata that the compiler writes for every
 * {@code @ConfigurationProperties} type. IDEs read the same metadata.
 */
final class KnownSettings {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Pattern LIST_OF_RECORDS = Pattern.compile("java\\.util\\.List<(rollcall\\.[^<>]+)>");

	private static final Pattern CONTAINER = Pattern
		.compile("(java\\.util\\.(Map|List|Set|Collection|Properties)\\b.*)|.*\\[]");

	/** Documented names and types, by key. */
	private final Map<String, Setting> settings = new LinkedHashMap<>();

	private KnownSettings(List<URL> metadata, String prefix) {
		JsonMapper mapper = new JsonMapper();
		for (URL each : metadata) {
			try (InputStream in = each.openStream()) {
				for (JsonNode property : mapper.readTree(in).path("properties")) {
					add(property.path("name").asString(), property.path("type").asString(""), prefix);
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/** Returns the settings of this program. */
	static KnownSettings own() {
		return new KnownSettings(metadata().subList(0, 1), "rollcall.");
	}

	/** Returns the settings of this program and of its libraries. */
	static KnownSettings all() {
		return new KnownSettings(metadata(), "");
	}

	/**
	 * Returns the metadata files in class path order: first the file of this program,
	 * then those of its libraries.
	 */
	private static List<URL> metadata() {
		try {
			return Collections.list(KnownSettings.class.getClassLoader().getResources(METADATA));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(String name, String type, String prefix) {
		if (!name.startsWith(prefix)) {
			return;
		}
		Matcher list = LIST_OF_RECORDS.matcher(type);
		if (list.matches()) {
			Class<?> element = ClassUtils.resolveClassName(list.group(1), KnownSettings.class.getClassLoader());
			for (RecordComponent component : element.getRecordComponents()) {
				put(name + "[0]." + DataObjectPropertyName.toDashedForm(component.getName()),
						component.getType().getName());
			}
		}
		else {
			put(name, type);
		}
	}

	private void put(String name, String type) {
		SettingName settingName = new SettingName(name);
		this.settings.put(settingName.key(), new Setting(settingName, type));
	}

	/** Whether a name, as it was written, is a setting or a part of one. */
	boolean contains(String written) {
		String key = SettingName.key(written);
		if (this.settings.containsKey(key)) {
			return true;
		}
		for (int end = key.length(); end > 0; end = Math.max(key.lastIndexOf('.', end - 1),
				key.lastIndexOf('[', end - 1))) {
			Setting parent = this.settings.get(key.substring(0, end));
			if (parent != null && parent.container()) {
				return true;
			}
		}
		return false;
	}

	/** Whether the environment variable is read as a setting or a part of one. */
	boolean containsVariable(String variable) {
		return this.settings.values()
			.stream()
			.anyMatch((setting) -> setting.name().isReadFrom(variable)
					|| setting.container() && setting.name().isReadFrom(variable.replaceFirst("_[0-9]+$", "")));
	}

	List<SettingName> names() {
		return this.settings.values().stream().map(Setting::name).toList();
	}

	/** Returns the names of the settings whose values are durations. */
	List<SettingName> durations() {
		return this.settings.values()
			.stream()
			.filter((setting) -> setting.type().equals(Duration.class.getName()))
			.map(Setting::name)
			.toList();
	}

	private record Setting(SettingName name, String type) {

		boolean container() {
			return CONTAINER.matcher(this.type).matches();
		}

	}

}
