package rollcall.roll;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ServerTest
class RollControllerTests {

	private static final String MILLISECONDS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	RollControllerTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@Test
	void startAnswersTheRollWithItsAddressAndTag() {
		Instant before = Instant.now().minusMillis(1);
		Answer started = this.http.start(this.classId);
		assertThat(started.status()).isEqualTo(201);
		assertThat(started.members()).containsExactly("classId", "rollId", "startedAt", "topic");
		assertThat(started.json().path("classId").asLong()).isEqualTo(this.classId);
		assertThat(started.member("startedAt")).matches(MILLISECONDS);
		assertThat(Instant.parse(started.member("startedAt"))).isBetween(before, Instant.now());
		assertThat(started.member("topic")).isEqualTo("/topic/rolls." + rollIdOf(started));
		assertThat(started.header("Location")).hasValue(this.roll);
		assertThat(started.header("ETag")).hasValue(tagOf(started));
		assertThat(started.header("Content-Type")).hasValue("application/json");
	}

	@Test
	void bodyOfAStartIsIgnored() {
		assertThat(this.http.send("POST", this.roll, "whatever", "Content-Type", "text/plain").status()).isEqualTo(201);
	}

	@Test
	void startOfAnOpenRollChangesNothing() {
		Answer started = this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		Answer before = this.http.get(this.roll);
		Answer again = this.http.start(this.classId);
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.header("Content-Type")).hasValue("application/problem+json");
		assertThat(again.member("type")).isEqualTo("urn:rollcall:roll-already-open");
		assertThat(again.member("startedAt")).isEqualTo(started.member("startedAt"));
		assertThat(again.member("rollId")).isEqualTo(started.member("rollId"));
		assertThat(again.member("topic")).isEqualTo(started.member("topic"));
		assertThat(again.json().path("classId").asLong()).isEqualTo(this.classId);
		assertThat(this.http.get(this.roll).text()).isEqualTo(before.text());
	}

	@Test
	void currentRollHasTheStartAndThePresences() {
		Answer started = this.http.start(this.classId);
		Answer first = this.http.present(this.classId, "042191010");
		Answer second = this.http.present(this.classId, "b.7_x-1");
		Answer current = this.http.get(this.roll);
		assertThat(current.status()).isEqualTo(200);
		assertThat(current.members()).containsExactly("classId", "rollId", "startedAt", "topic", "seq", "presences");
		for (String member : List.of("classId", "rollId", "startedAt", "topic")) {
			assertThat(current.json().path(member)).isEqualTo(started.json().path(member));
		}
		assertThat(current.json().path("seq").asLong()).isEqualTo(2);
		assertThat(current.json().path("presences")).hasSize(2);
		assertPresence(current.json().path("presences").path(0), 1, first);
		assertPresence(current.json().path("presences").path(1), 2, second);
	}

	@Test
	void currentRollIsEmptyAtFirst() {
		this.http.start(this.classId);
		Answer current = this.http.get(this.roll);
		assertThat(current.json().path("seq").asLong()).isZero();
		assertThat(current.json().path("presences").isArray()).isTrue();
		assertThat(current.json().path("presences")).isEmpty();
	}

	@Test
	void currentRollAfterANumberHasOnlyLaterPresences() {
		this.http.start(this.classId);
		List.of("a", "b", "c").forEach((student) -> this.http.present(this.classId, student));
		JsonNode current = this.http.get(this.roll + "?after=2").json();
		assertThat(current.path("seq").asLong()).isEqualTo(3);
		assertThat(current.path("presences").findValuesAsString("studentId")).containsExactly("c");
		assertThat(this.http.get(this.roll + "?after=3").json().path("presences")).isEmpty();
		assertThat(this.http.get(this.roll + "?after=99").json().path("seq").asLong()).isEqualTo(3);
	}

	@Test
	void currentRollOfAClassWithoutARollIsNotFound() {
		assertNoOpenRoll(this.http.get(this.roll));
	}

	@Test
	void endHandsOverTheSheet() {
		Answer started = this.http.start(this.classId);
		Answer first = this.http.present(this.classId, "042191010");
		Answer second = this.http.present(this.classId, "7");
		Answer sheet = this.http.delete(this.roll);
		assertThat(sheet.status()).isEqualTo(200);
		assertThat(sheet.header("Content-Type")).hasValue("application/json");
		assertThat(sheet.header("ETag")).hasValue(tagOf(started));
		assertThat(sheet.members()).containsExactly("classId", "rollId", "startedAt", "endedAt", "studentIds",
				"presences");
		for (String member : List.of("classId", "rollId", "startedAt")) {
			assertThat(sheet.json().path(member)).isEqualTo(started.json().path(member));
		}
		assertThat(sheet.member("endedAt")).matches(MILLISECONDS);
		assertThat(Instant.parse(sheet.member("endedAt"))).isAfterOrEqualTo(second.member("at"));
		assertThat(sheet.json().path("studentIds")).map(JsonNode::asString).containsExactly("042191010", "7");
		assertPresence(sheet.json().path("presences").path(0), 1, first);
		assertPresence(sheet.json().path("presences").path(1), 2, second);
	}

	@Test
	void endOfAnEmptyRollIsAnEmptySheet() {
		this.http.start(this.classId);
		JsonNode sheet = this.http.delete(this.roll).json();
		assertThat(sheet.path("studentIds").isArray()).isTrue();
		assertThat(sheet.path("studentIds")).isEmpty();
		assertThat(sheet.path("presences")).isEmpty();
	}

	@Test
	void anEndedRollIsNotFound() {
		Answer started = this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		this.http.delete(this.roll);
		assertNoOpenRoll(this.http.get(this.roll));
		assertNoOpenRoll(this.http.delete(this.roll));
		Answer restarted = this.http.start(this.classId);
		assertThat(restarted.member("rollId")).isNotEqualTo(started.member("rollId"));
		assertThat(this.http.get(this.roll).json().path("seq").asLong()).isZero();
	}

	@Test
	void endOfAClassWithoutARollIsNotFound() {
		assertNoOpenRoll(this.http.delete(this.roll));
		assertNoOpenRoll(this.http.delete(this.roll, "If-Match", '"' + UUID.randomUUID().toString() + '"'));
		assertNoOpenRoll(this.http.delete(this.roll, "If-Match", "*"));
	}

	@Test
	void endWithTheRightTagEndsThatRoll() {
		Answer started = this.http.start(this.classId);
		assertThat(this.http.delete(this.roll, "If-Match", tagOf(started)).status()).isEqualTo(200);
		assertNoOpenRoll(this.http.get(this.roll));
	}

	@Test
	void endWithAListOfTagsEndsTheRollAmongThem() {
		Answer started = this.http.start(this.classId);
		String tags = "\"other\", W/\"weak\" ,\"" + UUID.randomUUID() + "\", " + tagOf(started);
		assertThat(this.http.delete(this.roll, "If-Match", tags).status()).isEqualTo(200);
	}

	@Test
	void severalLinesOfIfMatchAreOneList() {
		Answer started = this.http.start(this.classId);
		String[] others = { "If-Match", "\"a\"", "If-Match", "\"b\"" };
		assertThat(this.http.delete(this.roll, others).status()).isEqualTo(412);
		assertThat(this.http.delete(this.roll, "If-Match", tagOf(started), "If-Match", "b").status()).isEqualTo(400);
		assertThat(this.http.delete(this.roll, "If-Match", "\"a\"", "If-Match", tagOf(started)).status())
			.isEqualTo(200);
	}

	@Test
	void anEndWithAStarEndsTheOpenRoll() {
		this.http.start(this.classId);
		assertThat(this.http.delete(this.roll, "If-Match", "*").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"5f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11\"", "\"no roll's id\"", "\"\"" })
	void endWithAnotherTagEndsNothing(String tag) {
		this.http.start(this.classId);
		String before = this.http.get(this.roll).text();
		Answer refused = this.http.delete(this.roll, "If-Match", tag.replace(" ", "-"));
		assertThat(refused.status()).isEqualTo(412);
		assertThat(refused.member("type")).isEqualTo("urn:rollcall:another-roll-open");
		assertThat(refused.json().path("classId").asLong()).isEqualTo(this.classId);
		assertThat(this.http.get(this.roll).text()).isEqualTo(before);
	}

	@Test
	void endWithAWeakTagEndsNothing() {
		Answer started = this.http.start(this.classId);
		assertThat(this.http.delete(this.roll, "If-Match", "W/" + tagOf(started)).status()).isEqualTo(412);
		assertThat(this.http.get(this.roll).status()).isEqualTo(200);
	}

	@Test
	void repeatedEndGetsTheSameBytes() {
		Answer started = this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		Answer sheet = this.http.delete(this.roll, "If-Match", tagOf(started));
		Answer again = this.http.delete(this.roll, "If-Match", tagOf(started));
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.response().body()).isEqualTo(sheet.response().body());
		assertThat(again.header("ETag")).isEqualTo(sheet.header("ETag"));
	}

	@Test
	void repeatedEndGetsItsSheetAndLeavesALaterRollOpen() {
		Answer started = this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		Answer sheet = this.http.delete(this.roll, "If-Match", tagOf(started));
		this.http.start(this.classId);
		this.http.present(this.classId, "later");
		String later = this.http.get(this.roll).text();
		Answer again = this.http.delete(this.roll, "If-Match", tagOf(started));
		assertThat(again.response().body()).isEqualTo(sheet.response().body());
		assertThat(this.http.get(this.roll).text()).isEqualTo(later);
	}

	@Test
	void keptSheetBelongsToItsClassOnly() {
		Answer started = this.http.start(this.classId);
		this.http.delete(this.roll);
		long other = Http.newClassId();
		assertNoOpenRoll(this.http.delete("/classes/" + other + "/roll", "If-Match", tagOf(started)));
	}

	@Test
	void repeatedEndMayAskForCsv() {
		Answer started = this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		this.http.delete(this.roll, "If-Match", tagOf(started));
		Answer csv = this.http.delete(this.roll, "If-Match", tagOf(started), "Accept", "text/csv");
		assertThat(csv.text()).contains("\r\n042191010,present,");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/xml", "text/csv;charset=nonsense", "nonsense", "image/*" })
	void anEndWithAnUnacceptableFormatEndsNothing(String accept) {
		this.http.start(this.classId);
		this.http.present(this.classId, "042191010");
		String before = this.http.get(this.roll).text();
		Answer refused = this.http.delete(this.roll, "Accept", accept);
		assertThat(refused.status()).isEqualTo(406);
		assertThat(refused.member("type")).isEqualTo("urn:rollcall:not-acceptable");
		assertThat(this.http.get(this.roll).text()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/csv, application/json;q=0.1", "text/html, text/csv;q=0.9, */*;q=0.1", "text/*" })
	void anEndAnswersInThePreferredFormat(String accept) {
		this.http.start(this.classId);
		assertThat(this.http.delete(this.roll, "Accept", accept).header("Content-Type").orElseThrow())
			.startsWith("text/csv");
	}

	@Test
	void openRollsAreListedByClass() {
		Answer started = this.http.start(this.classId);
		long other = Http.newClassId();
		this.http.start(other);
		this.http.present(this.classId, "042191010");
		Answer open = this.http.get("/classes");
		assertThat(open.status()).isEqualTo(200);
		List<Long> classIds = open.json().valueStream().map((roll) -> roll.path("classId").asLong()).toList();
		assertThat(classIds).contains(this.classId, other).isSorted();
		JsonNode mine = open.json().path(classIds.indexOf(this.classId));
		assertThat(mine.propertyNames()).containsExactly("classId", "rollId", "startedAt", "present");
		assertThat(mine.path("rollId")).isEqualTo(started.json().path("rollId"));
		assertThat(mine.path("startedAt")).isEqualTo(started.json().path("startedAt"));
		assertThat(mine.path("present").asLong()).isEqualTo(1);
		this.http.delete(this.roll);
		assertThat(this.http.get("/classes").json().findValuesAsString("classId")).doesNotContain("" + this.classId);
	}

	@Test
	void classesDoNotAffectEachOther() {
		long other = Http.newClassId();
		this.http.start(this.classId);
		this.http.start(other);
		this.http.present(this.classId, "here");
		this.http.present(other, "there");
		this.http.present(other, "here");
		assertThat(this.http.delete(this.roll).json().path("studentIds")).map(JsonNode::asString)
			.containsExactly("here");
		Answer stillOpen = this.http.get("/classes/" + other + "/roll");
		assertThat(stillOpen.json().path("presences").findValuesAsString("studentId")).containsExactly("there", "here");
	}

	private void assertNoOpenRoll(Answer answer) {
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.member("type")).isEqualTo("urn:rollcall:no-open-roll");
		assertThat(answer.members()).containsExactly("type", "title", "status", "detail", "classId");
	}

	private static void assertPresence(JsonNode presence, long seq, Answer receipt) {
		assertThat(presence.propertyNames()).containsExactly("seq", "studentId", "at");
		assertThat(presence.path("seq").asLong()).isEqualTo(seq);
		assertThat(presence.path("studentId")).isEqualTo(receipt.json().path("studentId"));
		assertThat(presence.path("at")).isEqualTo(receipt.json().path("at"));
	}

	private static String rollIdOf(Answer started) {
		return UUID.fromString(started.member("rollId")).toString();
	}

	private static String tagOf(Answer started) {
		return '"' + rollIdOf(started) + '"';
	}

}
