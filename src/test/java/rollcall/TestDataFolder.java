package rollcall;

import java.util.UUID;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives each tested server a new data folder, where {@code mvn clean} finds it.
 */
public class TestDataFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues.of("rollcall.data-dir=target/test-data/" + UUID.randomUUID()).applyTo(context);
	}

}
