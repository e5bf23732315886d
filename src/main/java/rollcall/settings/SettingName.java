package rollcall.settings;

import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The name of a setting as people write it, such as {@code rollcall.teachers[0].name}.
 * Two names are the same setting if Spring Boot's relaxed binding says so.
 *
 * @param text the name with dots and hyphens; an index stands in brackets
 */
record SettingName(String text) {

	/** The setting, without upper case, hyphens and the value of an index. */
	String key() {
		return key(this.text);
	}

	/**
	 * The setting that a name in a file, in JSON or on the command line belongs to.
	 * @param written the name as it was written
	 * @return what equals the {@link #key()} of the same setting
	 */
	static String key(String written) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(written, '.');
		StringBuilder key = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			key.append(name.isNumericIndex(i) ? "[]" : "." + name.getElement(i, Form.UNIFORM));
		}
		return key.toString();
	}

	/** The name of the environment variable that README and messages use. */
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
