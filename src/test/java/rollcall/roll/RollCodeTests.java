package rollcall.roll;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RollCodeTests {

	@Test
	void eachNumberIsReadFromItsLetters() {
		assertThat(new RollCode(0)).hasToString("BBBBBB");
		assertThat(new RollCode(RollCode.COUNT - 1)).hasToString("ZZZZZZ");
		Random random = new Random(1);
		for (int i = 0; i < 10_000; i++) {
			RollCode code = new RollCode(random.nextInt(RollCode.COUNT));
			assertThat(RollCode.parse(code.toString())).isEqualTo(code);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "BCDFGH", "bcdfgh", "BcDfGh", "BCD FGH", " bcd-fgh ", "B C D F G H", "BCD\u00A0FGH",
			"BCD\u2013FGH", "BCD\u2011FGH", "\u200BBCDFGH\n", "-BCDFGH-" })
	void caseSpacesAndDashesDoNotMatter(String typed) {
		assertThat(RollCode.parse(typed)).hasToString("BCDFGH");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "BCDFG", "BCDFGHB", "BCDFGA", "BCDFG1", "BCDFG\u00C7", "BCDFG.", "042191",
			"BCDFGH/", "\uD835\uDC01BCDFG", "\u0131BCDFG" })
	void anotherTextIsNoCode(String typed) {
		assertThat(RollCode.parse(typed).isReadable()).isFalse();
	}

}
