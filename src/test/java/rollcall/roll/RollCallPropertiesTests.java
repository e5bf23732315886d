package rollcall.roll;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Binds the settings of rolls as Spring Boot does.
 */
class RollCallPropertiesTests {

	@Test
	void anEmptyValueMeansTheDefault() {
		Map<String, String> empty = Map.of("rollcall.data-dir", "", "rollcall.closed-sheet-retention", "",
				"rollcall.waiting-sheet-retention", "", "rollcall.abandoned-after", "",
				"rollcall.max-students-per-roll", "");
		assertThat(new Binder(new MapConfigurationPropertySource(empty)).bindOrCreate("rollcall",
				RollCallProperties.class))
			.isEqualTo(new RollCallProperties(Path.of("data"), Duration.ofMinutes(15), Duration.ofDays(7),
					Duration.ofHours(24), 10_000));
	}

}
