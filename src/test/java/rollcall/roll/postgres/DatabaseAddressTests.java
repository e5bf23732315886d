package rollcall.roll.postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DatabaseAddressTests {

	@ParameterizedTest
	@CsvSource({ "postgresql://ana:secret@db:5433/rolls, jdbc:postgresql://db:5433/rolls, ana, secret",
			"postgres://ana:a%40b%2F%3A+c@db/rolls?sslmode=require, jdbc:postgresql://db/rolls?sslmode=require, ana, a@b/:+c",
			"postgresql://ana@db/rolls, jdbc:postgresql://db/rolls, ana,",
			"postgresql://db/rolls, jdbc:postgresql://db/rolls,,",
			"postgresql://ana:x@[::1]:5432/rolls, jdbc:postgresql://[::1]:5432/rolls, ana, x",
			"'postgresql://ana:x@one:5432,two:5433/rolls', 'jdbc:postgresql://one:5432,two:5433/rolls', ana, x",
			"jdbc:postgresql://db/rolls?user=ana&password=secret, jdbc:postgresql://db/rolls?user=ana&password=secret,," })
	void addressIsReadInBothForms(String text, String url, String user, String password) {
		assertThat(DatabaseAddress.of(text)).isEqualTo(new DatabaseAddress(url, user, password));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mysql://ana:secret@db/rolls", "db/rolls", "jdbc:sqlite:secret",
			"postgresql://ana:se/cret@db/rolls", "postgresql://ana:sec%zzret@db/rolls",
			"postgresql://ana:sec%@db/rolls", "postgresql://ana:/secret@db:5432/rolls",
			"jdbc:postgresql://ana:secret@db/rolls", "jdbc:postgresql://db/rolls?password=%zzsecret",
			"jdbc:postgresql://db:99999999/rolls?password=secret", "postgresql://ana:secret@db:port/rolls",
			"postgresql://ana:secret@d b/rolls", "jdbc:postgresql:ana:secret@db",
			"postgresql://ana:sec?re/t@db/rolls" })
	void aRefusedAddressIsNotRepeatedInTheMessage(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> DatabaseAddress.of(text))
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("sec", "cret", "zz"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql://ana:se@cret@db/rolls", "postgresql://ana:se?cret@db/rolls",
			"postgresql://ana:se#cret@db/rolls", "postgresql://ana:se:cret@db/rolls" })
	void aPasswordWithPunctuationIsReadAndNotPrinted(String text) {
		DatabaseAddress address = DatabaseAddress.of(text);
		assertThat(address).hasToString("db/rolls");
		assertThat(address.url()).isEqualTo("jdbc:postgresql://db/rolls");
		assertThat(address.password()).matches("se[@?#:]cret");
	}

	@Test
	void theMessageSaysHowToEncodeThePassword() {
		assertThatIllegalArgumentException().isThrownBy(() -> DatabaseAddress.of("postgresql://ana:se/cret@db/rolls"))
			.withMessageContaining("/ as %2F");
	}

	@Test
	void addressIsPrintedWithoutSecrets() {
		assertThat(DatabaseAddress.of("postgresql://ana:secret@db:5433/rolls")).hasToString("db:5433/rolls");
		assertThat(DatabaseAddress.of("jdbc:postgresql://db/rolls?user=ana&password=secret")).hasToString("db/rolls");
	}

}
