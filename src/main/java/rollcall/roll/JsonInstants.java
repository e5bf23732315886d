package rollcall.roll;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.stereotype.Component;

/**
 * Writes every {@link Instant} as JSON text in UTC with three decimals: the store keeps
 * milliseconds.
 */
@Component
class JsonInstants extends SimpleModule {

	private static final DateTimeFormatter MILLISECONDS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

	JsonInstants() {
		super("instants");
		addSerializer(Instant.class, new Serializer());
	}

	private static final class Serializer extends StdSerializer<Instant> {

		Serializer() {
			super(Instant.class);
		}

		@Override
		public void serialize(Instant instant, JsonGenerator json, SerializationContext context) {
			json.writeString(MILLISECONDS.format(instant));
		}

	}

}
