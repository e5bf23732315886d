package rollcall.roll;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StudentIdDeserializerTests {

	private final JsonMapper json = new JsonMapper();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"042191010"       | 042191010
			" \\t042191010\\n" | 042191010
			"a b"             | a b
			42191010          | 42191010
			0                 | 0
			9007199254740993  | 9007199254740993
			98765432109876543210987654321098765432109876543210 | 98765432109876543210987654321098765432109876543210""")
	void textAndWholeNumbersAreRead(String value, String studentId) {
		assertThat(read(value).studentId()).isEqualTo(studentId);
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "1.0", "1e3", "-1", "[]", "[\"1\"]", "{}" })
	void nothingElseIsRead(String value) {
		assertThatExceptionOfType(DatabindException.class).isThrownBy(() -> read(value));
	}

	@Test
	void nullAndAbsentAreLeftToValidation() {
		assertThat(read("null").studentId()).isNull();
		assertThat(this.json.readValue("{}", PresenceRequest.class).studentId()).isNull();
	}

	private PresenceRequest read(String value) {
		return this.json.readValue("{\"studentId\": " + value + "}", PresenceRequest.class);
	}

}
