package rollcall.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The fields of one JSON object. Read with Jackson's parser alone: its data binding would
 * cost a client a third of a second at every start.
 */
final class Fields {

	private static final JsonFactory JSON = new JsonFactory();

	private final Map<?, ?> values;

	private Fields(Map<?, ?> values) {
		this.values = values;
	}

	/**
	 * Reads an object.
	 * @throws UnexpectedJson if the bytes are not one JSON object
	 */
	static Fields read(byte[] json) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			parser.nextToken();
			return of(value(parser));
		}
		catch (JacksonException ex) {
			throw new UnexpectedJson("not JSON");
		}
	}

	private static @Nullable Object value(JsonParser parser) {
		JsonToken token = parser.currentToken();
		if (token == JsonToken.START_OBJECT) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				parser.nextToken();
				object.put(name, value(parser));
			}
			return object;
		}
		if (token == JsonToken.START_ARRAY) {
			List<@Nullable Object> array = new ArrayList<>();
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				array.add(value(parser));
			}
			return array;
		}
		if (token == JsonToken.VALUE_NUMBER_INT) {
			return parser.getLongValue();
		}
		if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
			return token == JsonToken.VALUE_TRUE;
		}
		return (token == JsonToken.VALUE_STRING) ? parser.getString() : null;
	}

	private static Fields of(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			return new Fields(object);
		}
		throw new UnexpectedJson("not an object");
	}

	long number(String name) {
		return get(name, Long.class);
	}

	/** A text without the control characters that could command a terminal. */
	String text(String name) {
		return printable(get(name, String.class));
	}

	@Nullable String optionalText(String name) {
		return (this.values.get(name) instanceof String text) ? printable(text) : null;
	}

	@Nullable Boolean optionalBoolean(String name) {
		return (this.values.get(name) instanceof Boolean value) ? value : null;
	}

	Instant instant(String name) {
		try {
			return Instant.parse(text(name));
		}
		catch (DateTimeException ex) {
			throw new UnexpectedJson(name);
		}
	}

	UUID id(String name) {
		try {
			return UUID.fromString(text(name));
		}
		catch (IllegalArgumentException ex) {
			throw new UnexpectedJson(name);
		}
	}

	<T> List<T> list(String name, Function<Fields, T> element) {
		return array(name).stream().map(Fields::of).map(element).toList();
	}

	List<String> texts(String name) {
		return array(name).stream().map(String::valueOf).map(Fields::printable).toList();
	}

	private List<?> array(String name) {
		return get(name, List.class);
	}

	private <T> T get(String name, Class<T> type) {
		Object value = this.values.get(name);
		if (!type.isInstance(value)) {
			throw new UnexpectedJson(name);
		}
		return type.cast(value);
	}

	private static String printable(String text) {
		return text.replaceAll("\\p{Cntrl}", "?");
	}

	/** The other side does not keep the contract: it is no rollcall server. */
	static final class UnexpectedJson extends RuntimeException {

		UnexpectedJson(String message) {
			super(message);
		}

	}

}
