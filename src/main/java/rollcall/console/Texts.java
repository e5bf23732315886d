package rollcall.console;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The messages in the reader's language, and times in the reader's time zone and date
 * format. Messages are in English if the language is not supported.
 */
final class Texts {

	/** The languages of the messages, as {@code --lang} takes them. */
	static final List<String> LANGUAGES = List.of("pt-BR", "en", "es");

	private static final String LANGUAGE_OPTION = "--lang";

	/** Also those from 128 to 159, which many terminals obey too. */
	private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

	private static final String CLOCK = "HH:mm:ss";

	private final Locale locale;

	private final ResourceBundle messages;

	private final DateTimeFormatter dateAndTime;

	private final DateTimeFormatter time;

	/**
	 * Creates the texts of one reader.
	 * @param locale the language of the messages
	 * @param dates gives the order of day, month and year
	 * @param zone the zone in which instants are shown
	 */
	Texts(Locale locale, Locale dates, ZoneId zone) {
		this.locale = locale;
		this.messages = bundle("Messages");
		this.dateAndTime = DateTimeFormatter.ofPattern(datePattern(dates) + " " + CLOCK, Locale.ROOT).withZone(zone);
		this.time = DateTimeFormatter.ofPattern(CLOCK, Locale.ROOT).withZone(zone);
	}

	/** The texts that the command line and the environment ask for. */
	static Texts of(String[] args, Function<String, @Nullable String> environment) {
		return new Texts(language(args, environment), dateLocale(args, environment), ZoneId.systemDefault());
	}

	static Locale language(String[] args, Function<String, @Nullable String> environment) {
		return option(args).or(() -> variable(environment, "LC_ALL", "LC_MESSAGES", "LANG"))
			.orElseGet(() -> Locale.getDefault(Locale.Category.DISPLAY));
	}

	static Locale dateLocale(String[] args, Function<String, @Nullable String> environment) {
		return option(args).or(() -> variable(environment, "LC_ALL", "LC_TIME", "LANG"))
			.orElseGet(() -> withoutGuess(Locale.getDefault(Locale.Category.FORMAT)));
	}

	/** The JVM names the USA also if the system names no country. */
	private static Locale withoutGuess(Locale system) {
		return system.equals(Locale.US) ? Locale.ENGLISH : system;
	}

	/** Reads the option before the parser does, because the help is translated too. */
	private static Optional<Locale> option(String[] args) {
		for (int i = 0; i < args.length; i++) {
			if (args[i].startsWith(LANGUAGE_OPTION + "=")) {
				return supported(args[i].substring(LANGUAGE_OPTION.length() + 1));
			}
			if (args[i].equals(LANGUAGE_OPTION) && i + 1 < args.length) {
				return supported(args[i + 1]);
			}
		}
		return Optional.empty();
	}

	/**
	 * Reads a language tag.
	 * @param tag in upper or lower case, with a hyphen or an underscore
	 * @return its locale; empty if no messages are in this language
	 */
	static Optional<Locale> supported(String tag) {
		Locale locale = Locale.forLanguageTag(tag.replace('_', '-'));
		return Optional.of(locale)
			.filter((candidate) -> LANGUAGES.stream()
				.anyMatch((known) -> Locale.forLanguageTag(known).getLanguage().equals(candidate.getLanguage())));
	}

	/**
	 * As in POSIX, the first variable that is set decides, and "C" is not a language. The
	 * JVM's default locale cannot be used: it is English if the system's locale is not
	 * installed.
	 */
	private static Optional<Locale> variable(Function<String, @Nullable String> environment, String... names) {
		return Stream.of(names)
			.map(environment)
			.filter((value) -> value != null && !value.isEmpty())
			.findFirst()
			.map((value) -> value.replaceFirst("[.@].*", "").replace('_', '-'))
			.filter((tag) -> !tag.equals("C") && !tag.equals("POSIX"))
			.map(Locale::forLanguageTag)
			.filter((locale) -> !locale.getLanguage().isEmpty());
	}

	/**
	 * The short date format of the locale, with two digits for day and month and four for
	 * the year. English without a country gets the ISO format, because English-speaking
	 * countries use different orders.
	 */
	private static String datePattern(Locale locale) {
		if (locale.getLanguage().equals("en") && locale.getCountry().isEmpty()) {
			return "yyyy-MM-dd";
		}
		String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(FormatStyle.SHORT, null,
				IsoChronology.INSTANCE, locale);
		return pattern.replaceAll("y+", "yyyy").replaceAll("M+", "MM").replaceAll("d+", "dd");
	}

	/**
	 * Loads a bundle. It does not fall back to the JVM's language, which the reader did
	 * not choose.
	 */
	private ResourceBundle bundle(String name) {
		return ResourceBundle.getBundle("rollcall.console." + name, this.locale,
				Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
	}

	Locale locale() {
		return this.locale;
	}

	ResourceBundle help() {
		return bundle("Help");
	}

	String get(String key, Object... arguments) {
		String text = this.messages.getString(key);
		return (arguments.length == 0) ? text : new MessageFormat(text, Locale.ROOT).format(strings(arguments));
	}

	/**
	 * Converts numbers to text. MessageFormat would write ids and counts with group
	 * separators.
	 */
	private static Object[] strings(Object[] arguments) {
		return Stream.of(arguments).map(String::valueOf).map(Texts::printable).toArray();
	}

	/**
	 * Replaces control characters, which could send commands to the terminal. They may
	 * come from a server, a file, or a bar code that somebody made.
	 */
	static String printable(String text) {
		return CONTROL.matcher(text).replaceAll("?");
	}

	/** The text with a key that a server may have chosen; empty if there is none. */
	Optional<String> find(String key, Object... arguments) {
		return this.messages.containsKey(key) ? Optional.of(get(key, arguments)) : Optional.empty();
	}

	String dateAndTime(Instant instant) {
		return this.dateAndTime.format(instant);
	}

	/** The time of day, 24 hours. */
	String time(Instant instant) {
		return this.time.format(instant);
	}

}
