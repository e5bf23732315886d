package rollcall.roll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClassIdTests {

	@ParameterizedTest
	@CsvSource({ "1, 1", "42, 42", "007, 7", "9007199254740991, 9007199254740991",
			"009007199254740991, 9007199254740991" })
	void digitsAreRead(String text, long value) {
		assertThat(ClassId.valueOf(text).value()).isEqualTo(value);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "0", "00", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "#1", "abc", "\u0661",
			"\uff11", "9007199254740992", "9223372036854775807", "99999999999999999999", "0000000000000000001" })
	void anyOtherTextIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ClassId.valueOf(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "42", " 42\t", "\u00a042\u202f", "\u300042\u0085", "\ufeff042" })
	void typedTextMayHaveWhiteSpaceAroundIt(String typed) {
		assertThat(ClassId.typed(typed).value()).isEqualTo(42);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\u00a0", "4 2", "4\u00a02", "\u200b42" })
	void typedTextWithOtherCharactersIsRefused(String typed) {
		assertThatIllegalArgumentException().isThrownBy(() -> ClassId.typed(typed));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE, ClassId.MAX + 1, Long.MAX_VALUE })
	void aNumberOutOfRangeIsRefused(long value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClassId(value));
	}

	@Test
	void seqMayBeZero() {
		assertThat(RollController.Seq.valueOf("0").value()).isZero();
		assertThat(RollController.Seq.valueOf("12").value()).isEqualTo(12);
		assertThatIllegalArgumentException().isThrownBy(() -> RollController.Seq.valueOf("-1"));
	}

}
