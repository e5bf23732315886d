package rollcall.roll;

import java.io.IOException;
import java.io.Writer;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/**
 * Writes a sheet as CSV in a form that spreadsheets open correctly: with a byte order
 * mark, the list separator of the reader's language, the server's local time with its
 * offset, and ids as text.
 */
@Component
class SheetCsvConverter extends AbstractHttpMessageConverter<Sheet> {

	static final String TEXT_CSV = "text/csv";

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	private static final List<String> COLUMNS = List.of("classId", "seq", "studentId", "date", "time", "zone",
			"startedAt", "endedAt");

	private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

	private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("xxx", Locale.ROOT);

	private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

	private static final DateTimeFormatter IN_FILE_NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm", Locale.ROOT);

	private final ZoneId zone = ZoneId.systemDefault();

	SheetCsvConverter() {
		super(StandardCharsets.UTF_8, MediaType.parseMediaType(TEXT_CSV));
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == Sheet.class;
	}

	@Override
	protected boolean canRead(@Nullable MediaType mediaType) {
		return false;
	}

	@Override
	protected Sheet readInternal(Class<? extends Sheet> type, HttpInputMessage input) {
		throw new HttpMessageNotReadableException("A sheet cannot be read", input);
	}

	@Override
	protected void writeInternal(Sheet sheet, HttpOutputMessage output) throws IOException {
		output.getHeaders().setContentDisposition(ContentDisposition.attachment().filename(fileName(sheet)).build());
		Writer csv = new OutputStreamWriter(output.getBody(), StandardCharsets.UTF_8);
		write(sheet, LocaleContextHolder.getLocale(), csv);
		csv.flush();
	}

	void write(Sheet sheet, Locale locale, Writer csv) throws IOException {
		String separator = separator(locale);
		csv.write(BYTE_ORDER_MARK);
		writeLine(csv, separator, COLUMNS);
		String startedAt = DATE_TIME.format(local(sheet.startedAt()));
		String endedAt = DATE_TIME.format(local(sheet.endedAt()));
		for (Presence presence : sheet.presences()) {
			ZonedDateTime at = local(presence.at());
			writeLine(csv, separator, List.of(String.valueOf(sheet.classId()), String.valueOf(presence.seq()),
					text(presence.studentId()), DATE.format(at), TIME.format(at), ZONE.format(at), startedAt, endedAt));
		}
	}

	String fileName(Sheet sheet) {
		return "class-%d-%s.csv".formatted(sheet.classId(), IN_FILE_NAME.format(local(sheet.startedAt())));
	}

	private ZonedDateTime local(Instant instant) {
		return instant.atZone(this.zone);
	}

	/**
	 * Writes {@code ="id"}, the only form that spreadsheets keep as text: bare digits
	 * lose their leading zeros, and an id such as {@code -1} or {@code 1-2} would become
	 * a number or a date. An id contains no quote, so that it cannot end the text.
	 */
	private static String text(String studentId) {
		return "\"=\"\"" + studentId + "\"\"\"";
	}

	/**
	 * In languages whose decimal sign is the comma, spreadsheets expect semicolons
	 * between cells.
	 */
	private static String separator(Locale locale) {
		return (DecimalFormatSymbols.getInstance(locale).getDecimalSeparator() == ',') ? ";" : ",";
	}

	private static void writeLine(Writer csv, String separator, List<String> cells) throws IOException {
		csv.write(String.join(separator, cells));
		csv.write("\r\n");
	}

}
