package rollcall.roll;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/**
 * Writes a sheet as CSV for programs (RFC 4180): ASCII, commas, plain ids and instants
 * with the offset of the reader's zone. No value needs quotes. The students who count
 * come first, in order of first arrival.
 */
@Component
class SheetCsvConverter extends AbstractHttpMessageConverter<SheetAnswer> {

	static final String TEXT_CSV = "text/csv";

	/** The header of a request with the reader's zone, such as America/Sao_Paulo. */
	static final String TIME_ZONE = "Time-Zone";

	private static final List<String> COLUMNS = List.of("studentId", "status", "at", "by", "seq", "classId", "rollId",
			"startedAt", "endedAt");

	/**
	 * Always with milliseconds and an offset, so that every row has the same form. Only
	 * an offset with seconds, which a reader can ask for, is longer.
	 */
	private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxxxx",
			Locale.ROOT);

	private static final DateTimeFormatter IN_FILE_NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm", Locale.ROOT);

	SheetCsvConverter() {
		super(StandardCharsets.UTF_8, MediaType.parseMediaType(TEXT_CSV));
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == SheetAnswer.class;
	}

	@Override
	protected boolean canRead(@Nullable MediaType mediaType) {
		return false;
	}

	@Override
	protected SheetAnswer readInternal(Class<? extends SheetAnswer> type, HttpInputMessage input) {
		throw new HttpMessageNotReadableException("A sheet cannot be read", input);
	}

	@Override
	protected void writeInternal(SheetAnswer answer, HttpOutputMessage output) throws IOException {
		output.getHeaders().setContentDisposition(ContentDisposition.attachment().filename(fileName(answer)).build());
		Writer csv = new OutputStreamWriter(output.getBody(), StandardCharsets.US_ASCII);
		writeLine(csv, COLUMNS);
		for (Presence student : answer.sheet().presences()) {
			writeStudent(csv, student, answer);
		}
		if (answer.sheet().absences() != null) {
			for (Presence student : answer.sheet().absences()) {
				writeStudent(csv, student, answer);
			}
		}
		csv.flush();
	}

	private static void writeStudent(Writer csv, Presence student, SheetAnswer answer) throws IOException {
		Sheet sheet = answer.sheet();
		ZoneId zone = answer.zone();
		writeLine(csv,
				List.of(student.studentId(), (student.status() != null) ? student.status() : Status.PRESENT.code(),
						text(student.at(), zone), (student.by() != null) ? student.by() : "",
						String.valueOf(student.seq()), String.valueOf(sheet.classId()), sheet.rollId().toString(),
						text(sheet.startedAt(), zone), text(sheet.endedAt(), zone)));
	}

	private static String text(Instant instant, ZoneId zone) {
		return INSTANT.format(instant.atZone(zone));
	}

	private static String fileName(SheetAnswer answer) {
		return "class-%d-%s.csv".formatted(answer.sheet().classId(),
				IN_FILE_NAME.format(answer.sheet().startedAt().atZone(answer.zone())));
	}

	private static void writeLine(Writer csv, List<String> cells) throws IOException {
		csv.write(String.join(",", cells));
		csv.write("\r\n");
	}

}
