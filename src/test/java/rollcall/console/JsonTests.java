package rollcall.console;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.Sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Reads records of the contract from JSON, and refuses JSON that breaks the contract. */
class JsonTests {

	private static final String ROLL_ID = "5f0c3f0e-4f3c-4a80-9c7b-0d3c1c1a7f11";

	@Test
	void unknownMembersAreIgnoredAndOptionalOnesMayBeMissing() {
		PresenceReceipt receipt = read(
				"{'new':{'a':[1.5]},'classId':42,'studentId':'007','at':'2026-03-08T00:05:09.123Z'}",
				PresenceReceipt.class);
		assertThat(receipt)
			.isEqualTo(new PresenceReceipt(42, "007", Instant.parse("2026-03-08T00:05:09.123Z"), null, null));
	}

	@Test
	void listsOfTextsAndOfRecordsAreRead() {
		Sheet sheet = read("{'classId':1,'rollId':'" + ROLL_ID + "','startedAt':'2026-03-08T00:00:00.000Z',"
				+ "'endedAt':'2026-03-08T00:01:00.000Z','studentIds':['a','b\\u001b'],"
				+ "'presences':[{'seq':1,'studentId':'a','at':'2026-03-08T00:00:30.000Z'}]}", Sheet.class);
		assertThat(sheet.studentIds()).containsExactly("a", "b?");
		assertThat(sheet.presences())
			.isEqualTo(List.of(new Presence(1, "a", Instant.parse("2026-03-08T00:00:30.000Z"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "1", "{}", "{'studentId':'a','at':'2026-03-08T00:05:09.123Z'}",
			"{'classId':'1','studentId':'a','at':'2026-03-08T00:05:09.123Z'}",
			"{'classId':null,'studentId':'a','at':'2026-03-08T00:05:09.123Z'}",
			"{'classId':1.5,'studentId':'a','at':'2026-03-08T00:05:09.123Z'}",
			"{'classId':99999999999999999999,'studentId':'a','at':'2026-03-08T00:05:09.123Z'}",
			"{'classId':1,'studentId':2,'at':'2026-03-08T00:05:09.123Z'}",
			"{'classId':1,'studentId':'a','at':'yesterday'}" })
	void aMissingOrMistypedMemberIsUnexpected(String json) {
		assertThatExceptionOfType(Json.UnexpectedJson.class).isThrownBy(() -> read(json, PresenceReceipt.class));
	}

	@Test
	void aMistypedListIsUnexpected() {
		String roll = "{'classId':1,'rollId':'" + ROLL_ID
				+ "','startedAt':'2026-03-08T00:00:00.000Z','topic':'t','seq':0,'presences':%s}";
		assertThat(read(roll.formatted("[]"), CurrentRoll.class).presences()).isEmpty();
		for (String presences : List.of("{}", "[1]", "[null]", "null")) {
			assertThatExceptionOfType(Json.UnexpectedJson.class)
				.isThrownBy(() -> read(roll.formatted(presences), CurrentRoll.class));
		}
	}

	private static <T extends Record> T read(String json, Class<T> type) {
		return Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
	}

}
