package rollcall;

import java.util.UUID;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives each tested server a new data folder below target, which {@code mvn clean}
 * removes.
 */
public class TestDataFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** Returns the path of a folder that does not exist yet. */
	public static String next() {
		return "target/test-data/" + UUID.randomUUID();
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues.of("rollcall.data-dir=" + next()).applyTo(context);
	}

}
