package rollcall.settings;

import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The documented name of a setting, such as {@code rollcall.teachers[0].name}. Names that
 * are equal in Spring Boot's relaxed binding have the same key.
 *
 * @param text the name with dots and hyphens, and an index in brackets
 */
record SettingName(String text) {

	/** Returns the name without upper case, hyphens and the value of an index. */
	String key() {
		return key(this.text);
	}

	/**
	 * Returns the key of a name in a file, in JSON or on the command line.
	 * @param written the name as it was written
	 * @return a text that equals the {@link #key()} of the same setting
	 */
	static String key(String written) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(written, '.');
		StringBuilder key = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			key.append(name.isNumericIndex(i) ? "[]" : "." + name.getElement(i, Form.UNIFORM));
		}
		return key.toString();
	}

	/**
	 * Returns the environment variable that documents and messages show for the setting.
	 */
	String variable() {
		return this.text.replaceAll("[.\\[-]", "_").replace("]", "").toUpperCase(Locale.ROOT);
	}

	/** Whether Spring Boot reads the setting from an environment variable. */
	boolean isReadFrom(String variable) {
		return matches(this.text.replace("-", ""), variable) || matches(this.text.replace('-', '_'), variable);
	}

	private static boolean matches(String name, String variable) {
		String pattern = name.replaceAll("\\[[0-9]+]", "_[0-9]+").replace('.', '_');
		return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(variable).matches();
	}

}
