package rollcall.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the records of the API with Jackson's streaming parser. Jackson's data binding
 * would add 0.2 s to every start. Jackson jr would read a missing number as 0, which as a
 * class id means a refusal.
 */
final class Json {

	private static final JsonFactory JSON = new JsonFactory();

	/** The types whose values are texts in JSON, with their parsers. */
	private static final Map<Type, Function<String, Object>> TEXTS = Map.of(String.class, (text) -> text, UUID.class,
			UUID::fromString, Instant.class, Instant::parse);

	private Json() {
	}

	/**
	 * Reads a record. Unknown members are ignored.
	 * @throws UnexpectedJson if the bytes are not JSON, or if a member is missing or has
	 * another type
	 */
	static <T extends Record> T read(byte[] json, Class<T> type) {
		return type.cast(convert(parse(json), type));
	}

	/**
	 * Reads an array of records.
	 * @throws UnexpectedJson as {@link #read}
	 */
	static <T extends Record> List<T> list(byte[] json, Class<T> type) {
		if (parse(json) instanceof List<?> array) {
			return array.stream().map((each) -> type.cast(convert(each, type))).toList();
		}
		throw new UnexpectedJson("not an array");
	}

	/**
	 * Reads a text member of an object.
	 * @return the text; empty if the bytes are no JSON object with such a member
	 */
	static String text(byte[] json, String name) {
		try {
			return (parse(json) instanceof Map<?, ?> object && object.get(name) instanceof String text) ? text : "";
		}
		catch (UnexpectedJson ex) {
			return "";
		}
	}

	/** Writes a text as a value. */
	static String quote(String text) {
		return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
	}

	private static @Nullable Object parse(byte[] json) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			parser.nextToken();
			return value(parser);
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
		return (token == JsonToken.VALUE_STRING) ? Texts.printable(parser.getString()) : null;
	}

	private static Object convert(@Nullable Object value, Type type) {
		if (value instanceof Map<?, ?> object && type instanceof Class<?> record && record.isRecord()) {
			return record(object, record);
		}
		if (value instanceof List<?> array && type instanceof ParameterizedType list) {
			Type element = list.getActualTypeArguments()[0];
			return array.stream().map((each) -> convert(each, element)).toList();
		}
		if (value instanceof Long && (type == long.class || type == Long.class)
				|| value instanceof Boolean && (type == boolean.class || type == Boolean.class)) {
			return value;
		}
		Function<String, Object> reader = TEXTS.get(type);
		if (value instanceof String text && reader != null) {
			try {
				return reader.apply(text);
			}
			catch (DateTimeException | IllegalArgumentException ex) {
				throw new UnexpectedJson(String.valueOf(ex.getMessage()));
			}
		}
		throw new UnexpectedJson("not a " + type.getTypeName());
	}

	private static Object record(Map<?, ?> object, Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			return type.getDeclaredConstructor(types)
				.newInstance(Stream.of(components).map((component) -> member(object, component)).toArray());
		}
		catch (InvocationTargetException ex) {
			throw new UnexpectedJson(String.valueOf(ex.getCause()));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static @Nullable Object member(Map<?, ?> object, RecordComponent component) {
		Object value = object.get(component.getName());
		boolean isOptional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
		return (value == null && isOptional) ? null : convert(value, component.getGenericType());
	}

	/**
	 * The answer is not in the form of the API: the other program is not a rollcall
	 * server.
	 */
	static final class UnexpectedJson extends RuntimeException {

		UnexpectedJson(String message) {
			super(message);
		}

	}

}
