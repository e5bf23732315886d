package rollcall.console;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the reader's language and order of dates. The environment is asked before the
 * JVM, whose default locale is English wherever the system's locale is not installed.
 */
final class Language {

	/** The languages there are texts for, as {@code --lang} takes them. */
	static final List<String> TAGS = List.of("pt-BR", "en", "es");

	private static final String OPTION = "--lang";

	private Language() {
	}

	/** The locale of the texts. */
	static Locale ofTexts(String[] args, Function<String, @Nullable String> environment) {
		return asked(args).or(() -> named(environment, "LC_ALL", "LC_MESSAGES", "LANG"))
			.orElseGet(() -> Locale.getDefault(Locale.Category.DISPLAY));
	}

	/** The locale of the dates. */
	static Locale ofDates(String[] args, Function<String, @Nullable String> environment) {
		return asked(args).or(() -> named(environment, "LC_ALL", "LC_TIME", "LANG"))
			.orElseGet(() -> Locale.getDefault(Locale.Category.FORMAT));
	}

	/**
	 * The help is in the language that is asked for too, so this option is read before
	 * the others.
	 */
	private static Optional<Locale> asked(String[] args) {
		for (int i = 0; i < args.length; i++) {
			if (args[i].startsWith(OPTION + "=")) {
				return supported(args[i].substring(OPTION.length() + 1));
			}
			if (args[i].equals(OPTION) && i + 1 < args.length) {
				return supported(args[i + 1]);
			}
		}
		return Optional.empty();
	}

	/** A tag as it is written, in any case and with a hyphen or an underscore. */
	static Optional<Locale> supported(String tag) {
		Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
		return Optional.of(locale)
			.filter((candidate) -> TAGS.stream()
				.anyMatch((known) -> Locale.forLanguageTag(known).getLanguage().equals(candidate.getLanguage())));
	}

	/** As POSIX has it: the first variable that is set decides; "C" names no language. */
	private static Optional<Locale> named(Function<String, @Nullable String> environment, String... variables) {
		return Stream.of(variables)
			.map(environment)
			.filter((value) -> value != null && !value.isEmpty())
			.findFirst()
			.map((value) -> value.replaceFirst("[.@].*", "").replace('_', '-'))
			.filter((tag) -> !tag.equals("C") && !tag.equals("POSIX"))
			.map(Locale::forLanguageTag)
			.filter((locale) -> !locale.getLanguage().isEmpty());
	}

}
