package rollcall.live;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this node leaves.
 *
 * @param drain how long it goes on serving after it has said that it will stop
 */
@ConfigurationProperties("rollcall")
record DrainProperties(@DefaultValue("0s") Duration drain) {

	DrainProperties {
		if (drain.isNegative()) {
			throw new IllegalArgumentException("rollcall.drain must not be negative");
		}
	}

}
