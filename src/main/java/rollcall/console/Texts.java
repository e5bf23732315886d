package rollcall.console;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/**
 * What the consoles say, in one language. English is the base that every other reader
 * gets.
 */
final class Texts {

	static final String MESSAGES = "rollcall.console.Messages";

	static final String HELP = "rollcall.console.Help";

	private final Locale locale;

	private final ResourceBundle messages;

	Texts(Locale locale) {
		this.locale = locale;
		this.messages = bundle(MESSAGES, locale);
	}

	/** Never falls back to the JVM's language, which is not the one that was chosen. */
	static ResourceBundle bundle(String name, Locale locale) {
		return ResourceBundle.getBundle(name, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
	}

	String get(String key, Object... arguments) {
		String text = this.messages.getString(key);
		return (arguments.length == 0) ? text : new MessageFormat(text, Locale.ROOT).format(texts(arguments));
	}

	ResourceBundle help() {
		return bundle(HELP, this.locale);
	}

	Locale locale() {
		return this.locale;
	}

	/** Numbers are ids and counts here: MessageFormat would group their digits. */
	private static Object[] texts(Object[] arguments) {
		String[] texts = new String[arguments.length];
		for (int i = 0; i < arguments.length; i++) {
			texts[i] = String.valueOf(arguments[i]);
		}
		return texts;
	}

}
