package rollcall.live;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DrainTests {

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.001S", "PT1H" })
	void aServerMayContinueForAnHour(String drain) {
		assertThat(new Drain.Settings(Duration.parse(drain)).drain()).isEqualTo(Duration.parse(drain));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-0.001S", "PT1H0.001S", "PT1000000H" })
	void aServerThatWouldNotStopIsRefused(String drain) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Drain.Settings(Duration.parse(drain)))
			.withMessage("rollcall.drain must be from 0 to 1h");
	}

}
