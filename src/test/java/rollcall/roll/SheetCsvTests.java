package rollcall.roll;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.mock.http.MockHttpOutputMessage;

import static org.assertj.core.api.Assertions.assertThat;

/** A sheet as CSV for programs. */
@ServerTest
class SheetCsvTests {

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	SheetCsvTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@Test
	void everyStudentIsALineOfPlainValues() {
		Answer started = this.http.start(this.classId);
		Answer first = this.http.present(this.classId, "042191010");
		this.http.present(this.classId, "-1");
		Answer late = this.http.mark(this.classId, "-1", "late");
		Answer absent = this.http.mark(this.classId, "b.7_x", "excused");
		String tag = started.header("ETag").orElseThrow();
		String ended = this.http.delete(this.roll, "If-Match", tag).member("endedAt");
		Answer csv = this.http.delete(this.roll, "If-Match", tag, "Accept", "text/csv", "Accept-Language", "pt-BR",
				"Time-Zone", "Asia/Kolkata");
		assertThat(csv.status()).isEqualTo(200);
		assertThat(csv.header("Content-Type").orElseThrow()).startsWith("text/csv");
		assertThat(csv.header("ETag")).hasValue(tag);
		assertThat(csv.header("Content-Disposition")).hasValue("attachment; filename=\"class-%d-%s.csv\""
			.formatted(this.classId, local("uuuu-MM-dd-HHmm", "+05:30", started.member("startedAt"))));
		assertThat(csv.response().body()).isEqualTo(csv.text().getBytes(StandardCharsets.US_ASCII));
		String rest = "," + this.classId + "," + started.member("rollId") + "," + kolkata(started.member("startedAt"))
				+ "," + kolkata(ended);
		assertThat(csv.text().split("\r\n", -1)).containsExactly(
				"studentId,status,at,by,seq,classId,rollId,startedAt,endedAt",
				"042191010,present," + kolkata(first.member("at")) + ",,1" + rest,
				"-1,late," + kolkata(late.member("at")) + ",teacher,3" + rest,
				"b.7_x,excused," + kolkata(absent.member("at")) + ",teacher,4" + rest, "");
		assertThat(this.http.get("/sheets/" + started.member("rollId") + "?zone=Asia/Kolkata", "Accept", "text/csv")
			.text()).isEqualTo(csv.text());
	}

	@ParameterizedTest
	@CsvSource({ "?zone=-03:00,, -03:00", "?zone=UTC, Asia/Kolkata, +00:00", "'', +14:00, +14:00",
			"?zone=Asia/Kathmandu,, +05:45", "?zone=+03:00:01,, +03:00:01" })
	void theZoneOfTheAddressDecidesThenTheHeader(String query, String header, String offset) {
		String startedAt = this.http.start(this.classId).member("startedAt");
		this.http.present(this.classId, "a");
		String[] headers = (header != null) ? new String[] { "Accept", "text/csv", "Time-Zone", header }
				: new String[] { "Accept", "text/csv" };
		assertThat(this.http.delete(this.roll + query.replace("+", "%2B"), headers).text())
			.contains("," + local("uuuu-MM-dd'T'HH:mm:ss.SSSxxxxx", offset, startedAt) + ",");
	}

	@Test
	void withoutAZoneTheServersZoneDecides() {
		String startedAt = this.http.start(this.classId).member("startedAt");
		this.http.present(this.classId, "a");
		assertThat(this.http.delete(this.roll, "Accept", "text/csv").text())
			.contains(local("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", ZoneId.systemDefault().getId(), startedAt));
	}

	@Test
	void anUnknownZoneIsRefusedAndEndsNothing() {
		String rollId = this.http.start(this.classId).member("rollId");
		for (String zone : List.of("Mars/Olympus", "25:00", "x".repeat(200), "%00")) {
			Answer refused = this.http.delete(this.roll + "?zone=" + zone);
			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("zone");
		}
		Answer refused = this.http.delete(this.roll, "Time-Zone", "Mars/Olympus", "Accept", "text/csv");
		assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("Time-Zone");
		assertThat(this.http.get(this.roll).member("rollId")).isEqualTo(rollId);
	}

	@Test
	void twoZonesAreRefusedAndEndNothing() {
		String rollId = this.http.start(this.classId).member("rollId");
		Answer refused = this.http.delete(this.roll + "?zone=UTC&zone=Asia/Kolkata", "Accept", "text/csv");
		assertThat(refused.status()).isEqualTo(400);
		assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("zone");
		assertThat(this.http.delete(this.roll, "Time-Zone", "UTC", "Time-Zone", "UTC").status()).isEqualTo(400);
		assertThat(this.http.get(this.roll).member("rollId")).isEqualTo(rollId);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-10-24T23:30:00.007Z", "2026-10-25T00:30:00.007Z", "2026-10-25T01:30:00.007Z" })
	void theOffsetIsThatOfTheInstantAlsoWhenTheClocksChange(String instant) throws Exception {
		Instant at = Instant.parse(instant);
		ZoneId zone = ZoneId.of("Europe/Madrid");
		Presence student = new Presence(1, "a", at);
		MockHttpOutputMessage output = new MockHttpOutputMessage();
		new SheetCsvConverter()
			.write(new SheetAnswer(new Sheet(1, UUID.randomUUID(), at, at, null, List.of("a"), List.of(student), null),
					zone), MediaType.parseMediaType("text/csv"), output);
		String offset = zone.getRules().getOffset(at).getId();
		assertThat(output.getBodyAsString()).contains("a,present," + at.atZone(zone).toLocalDateTime() + offset + ",");
	}

	private static String kolkata(String instant) {
		return local("uuuu-MM-dd'T'HH:mm:ss.SSS", "Asia/Kolkata", instant) + "+05:30";
	}

	private static String local(String pattern, String zone, String instant) {
		return DateTimeFormatter.ofPattern(pattern).format(Instant.parse(instant).atZone(ZoneId.of(zone)));
	}

}
