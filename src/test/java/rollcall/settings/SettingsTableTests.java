package rollcall.settings;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * src/docs/settings.md and the compiled metadata hold the same names and defaults.
 */
class SettingsTableTests {

	private static final Pattern ROW = Pattern.compile("\\| `(rollcall\\.[^`]+)` \\| (?:`([^`]*)`|none).*");

	@Test
	void documentHasEachSettingWithItsDefault() throws Exception {
		Map<String, String> table = table();
		assertThat(table).isEqualTo(metadata());
		assertThat(table.keySet())
			.containsExactlyInAnyOrderElementsOf(KnownSettings.own().names().stream().map(SettingName::text).toList());
	}

	private static Map<String, String> table() throws IOException {
		String document = Files.readString(Path.of("src", "docs", "settings.md"));
		Map<String, String> table = new TreeMap<>();
		document.lines().map(ROW::matcher).filter(Matcher::matches).forEach((row) -> {
			String value = row.group(2);
			assertThat(table.put(row.group(1), (value != null) ? value : "none")).as(row.group(1) + " is listed twice")
				.isNull();
		});
		return table;
	}

	private static Map<String, String> metadata() throws Exception {
		Map<String, String> metadata = new TreeMap<>();
		try (InputStream in = SettingsTableTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			for (JsonNode property : new JsonMapper().readTree(in).path("properties")) {
				String name = property.path("name").asString();
				if (name.equals("rollcall.teachers")) {
					metadata.putAll(account(name + "[0]."));
				}
				else if (name.startsWith("rollcall.")) {
					metadata.put(name, property.path("defaultValue").asString("none"));
				}
			}
		}
		return metadata;
	}

	/** The metadata of a list does not describe its elements. */
	private static Map<String, String> account(String prefix) throws ClassNotFoundException {
		Map<String, String> account = new TreeMap<>();
		Class<?> type = Class.forName("rollcall.access.AccessProperties$Account");
		for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
			DefaultValue value = parameter.getAnnotation(DefaultValue.class);
			account.put(prefix + DataObjectPropertyName.toDashedForm(parameter.getName()),
					(value != null) ? value.value()[0] : "none");
		}
		return account;
	}

}
