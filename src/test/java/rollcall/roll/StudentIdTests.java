package rollcall.roll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StudentIdTests {

	private final JsonMapper json = new JsonMapper();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"042191010"       | 042191010
			" \\t042191010\\n" | 042191010
			"\\u3000a.B_c-9"   | a.B_c-9
			"\\u00a0 1\\u202f"  | 1
			"\\u2007\\u20281\\u0085\\ufeff" | 1
			42191010          | 42191010
			0                 | 0
			9007199254740993  | 9007199254740993
			98765432109876543210987654321098765432109876543210 | 98765432109876543210987654321098765432109876543210""")
	void textAndWholeNumbersAreRead(String value, String studentId) {
		assertThat(read("{\"studentId\": " + value + "}").studentId().value()).isEqualTo(studentId);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"studentId\": true}", "{\"studentId\": 1.0}", "{\"studentId\": 1e3}",
			"{\"studentId\": -1}", "{\"studentId\": -0}", "{\"studentId\": []}", "{\"studentId\": [\"1\"]}",
			"{\"studentId\": {}}", "{\"studentId\": \"\"}", "{\"studentId\": \" \"}", "{\"studentId\": \"a b\"}",
			"{\"studentId\": 12345678901234567890123456789012345678901234567890123456789012345}", })
	void anyOtherValueIsAnErrorOfTheField(String body) {
		assertThatExceptionOfType(DatabindException.class).isThrownBy(() -> read(body)).satisfies((error) -> {
			assertThat(error.getPath()).isNotEmpty();
			assertThat(error.getPath().get(error.getPath().size() - 1).getPropertyName()).isEqualTo("studentId");
		});
	}

	@Test
	void aMissingValueIsReadAsNull() {
		assertThat(read("{\"studentId\": null}").studentId()).isNull();
		assertThat(read("{}").studentId()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "a b", "a/b", "a'b", "<b>", "\u00e7", "\u0661", "a\nb",
			"12345678901234567890123456789012345678901234567890123456789012345" })
	void textWithOtherCharactersOrLengthIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> StudentId.valueOf(text));
		assertThatIllegalArgumentException().isThrownBy(() -> new StudentId(text));
	}

	private PresenceRequest read(String body) {
		return this.json.readerFor(PresenceRequest.class)
			.without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.readValue(body);
	}

}
