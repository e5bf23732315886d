package rollcall.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Shows instants in the reader's zone: 24 hours, the date in the reader's order. English
 * without a country has no order of its own and gets the ISO date.
 */
final class LocalTime24 {

	private static final String CLOCK = "HH:mm:ss";

	private final DateTimeFormatter dateAndTime;

	private final DateTimeFormatter time;

	LocalTime24(Locale locale, ZoneId zone) {
		this.dateAndTime = DateTimeFormatter.ofPattern(datePattern(locale) + " " + CLOCK, Locale.ROOT).withZone(zone);
		this.time = DateTimeFormatter.ofPattern(CLOCK, Locale.ROOT).withZone(zone);
	}

	String dateAndTime(Instant instant) {
		return this.dateAndTime.format(instant);
	}

	String time(Instant instant) {
		return this.time.format(instant);
	}

	/**
	 * The locale's short form with two digits for day and month and four for the year.
	 */
	private static String datePattern(Locale locale) {
		if (locale.getLanguage().equals("en") && locale.getCountry().isEmpty()) {
			return "yyyy-MM-dd";
		}
		String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(FormatStyle.SHORT, null,
				IsoChronology.INSTANCE, locale);
		return pattern.replaceAll("y+", "yyyy").replaceAll("M+", "MM").replaceAll("d+", "dd");
	}

}
