package rollcall.pages;

import java.util.Locale;
import java.util.Map;

/**
 * A language of the pages with its dictionary, the same file that the browser reads.
 *
 * @param tag its BCP 47 tag, such as {@code pt-BR}
 * @param name what its speakers call it
 * @param studentText the texts of the student's page, by key
 */
record Language(String tag, String name, Map<String, Object> studentText) {

	Locale locale() {
		return Locale.forLanguageTag(this.tag);
	}

	boolean speaks(Locale locale) {
		return locale.getLanguage().equals(locale().getLanguage());
	}

}
