package rollcall.roll;

import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RollCodeTests {

	@Test
	void eachNumberIsReadFromItsLetters() {
		assertThat(new RollCode(0).letters()).isEqualTo("BBBBBB");
		assertThat(new RollCode(RollCode.COUNT - 1).letters()).isEqualTo("ZZZZZZ");
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			RollCode code = new RollCode(random.nextInt(RollCode.COUNT));
			assertThat(RollCode.parse(code.letters())).isEqualTo(code);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "BCDFGH", "bcdfgh", "BcDfGh", "BCD FGH", " bcd-fgh ", "B C D F G H", "BCD\u00A0FGH",
			"BCD\u2013FGH", "BCD\u2011FGH", "\u200BBCDFGH\n", "-BCDFGH-" })
	void caseSpacesAndDashesDoNotMatter(String typed) {
		assertThat(RollCode.parse(typed).letters()).isEqualTo("BCDFGH");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "BCDFG", "BCDFGHB", "BCDFGA", "BCDFG1", "BCDFG\u00C7", "BCDFG.", "042191",
			"BCDFGH/", "\uD835\uDC01BCDFG", "\u0131BCDFG", "BCDFG\uFB06" })
	void anotherTextIsNoCode(String typed) {
		assertThat(RollCode.parse(typed).isReadable()).isFalse();
	}

	/** A log may contain any object as text, also a code that nobody could read. */
	@Test
	void noTextOfAnObjectContainsACodeOrATicket() {
		SentCode sent = new SentCode(RollCode.parse("BCDFGH"), 1L);
		List<Object> objects = List.of(sent, new SentCode(RollCode.parse("?"), null),
				new PresenceRequest(new StudentId("a"), "BCDFGH", "1.ticket"),
				ShownCodes.at(0, UUID.randomUUID(), new CodeSeries("00".repeat(16))), ProjectorToken.random());
		assertThat(objects)
			.allSatisfy((object) -> assertThat(object.toString()).doesNotContainPattern("[" + RollCode.LETTERS + "]{6}")
				.doesNotContain("number", "ticket"));
	}

}
