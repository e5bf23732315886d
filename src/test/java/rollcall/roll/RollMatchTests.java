package rollcall.roll;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RollMatchTests {

	private static final UUID ROLL_ID = UUID.fromString("3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11");

	@ParameterizedTest
	@ValueSource(strings = { "\"3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11\"", " \"3F0E8A52-5D0B-4F6E-9B51-0D1F6C1F0C11\"\t",
			"\"x\",\"3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11\"",
			"W/\"x\" , \"3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11\" , \"\"" })
	void tagAmongOthersNamesItsRoll(String ifMatch) {
		RollMatch match = RollMatch.valueOf(ifMatch);
		assertThat(match.includes(ROLL_ID)).isTrue();
		assertThat(match.includes(UUID.randomUUID())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", " * " })
	void starNamesEveryRoll(String ifMatch) {
		assertThat(RollMatch.valueOf(ifMatch).includes(ROLL_ID)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "W/\"3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11\"", "\"3f0e8a52\"", "\"\"", "\"*\"",
			"\"3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11 \u00e7\"", "\"1-1-1-1-1\"" })
	void aTagThatIsNotARollIdNamesNoRoll(String ifMatch) {
		String tags = ifMatch.replace(" ", "");
		assertThat(RollMatch.valueOf(tags).includes(ROLL_ID)).isFalse();
		assertThat(RollMatch.valueOf(tags).rollIds()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "x", "\"", "\"x", "x\"", "**", "*,*", "*, \"x\"", "\"a\" \"b\"", "w/\"a\"", "W/a",
			"\"a\",x", "\"a b\"", "\"a\u0001\"", "3f0e8a52-5d0b-4f6e-9b51-0d1f6c1f0c11" })
	void anyOtherHeaderIsRefused(String ifMatch) {
		assertThatIllegalArgumentException().isThrownBy(() -> RollMatch.valueOf(ifMatch));
	}

	@Test
	void longHeaderIsReadInLinearTime() {
		String many = "\"x\",".repeat(2_000);
		assertThatIllegalArgumentException().isThrownBy(() -> RollMatch.valueOf(many + "x"));
		assertThat(RollMatch.valueOf(many + "\"" + ROLL_ID + "\"").includes(ROLL_ID)).isTrue();
	}

}
