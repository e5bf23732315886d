package rollcall.roll;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * The body of a teacher's request that starts a roll or changes its options. Both
 * durations count from the start of the roll.
 *
 * @param lateAfter after which duration students are late; null if the body does not
 * mention it
 * @param endsAfter after which duration the roll ends by itself; null if the body does
 * not mention it
 * @param code whether presences need a code; null if the body does not mention it
 */
record OptionsRequest(@Nullable After lateAfter, @Nullable After endsAfter, @Nullable Code code) {

	/** The request that mentions nothing. */
	static final OptionsRequest NOTHING = new OptionsRequest(null, null, null);

	/** The options of a roll after this request. */
	RollOptions change(RollOptions options, long startedAt) {
		return new RollOptions((this.lateAfter != null) ? this.lateAfter.of(startedAt) : options.lateAt(),
				(this.endsAfter != null) ? this.endsAfter.of(startedAt) : options.endsAt(),
				(this.code != null) ? this.code.required() : options.code());
	}

	/**
	 * Whether presences need a code: in JSON {@code true} or {@code false}; {@code null}
	 * means false.
	 */
	@JsonDeserialize(using = CodeDeserializer.class)
	record Code(boolean required) {
	}

	/** Reads a boolean or {@code null}, and sees whether the member is missing. */
	static final class CodeDeserializer extends StdDeserializer<Code> {

		CodeDeserializer() {
			super(Code.class);
		}

		@Override
		public Code deserialize(JsonParser parser, DeserializationContext context) {
			return switch (parser.currentToken()) {
				case VALUE_TRUE -> new Code(true);
				case VALUE_FALSE -> new Code(false);
				default -> (Code) context.handleUnexpectedToken(getValueType(context), parser);
			};
		}

		@Override
		public Code getNullValue(DeserializationContext context) {
			return new Code(false);
		}

		@Override
		public @Nullable Object getAbsentValue(DeserializationContext context) {
			return null;
		}

	}

	/**
	 * A time after the start of a roll, in JSON an ISO 8601 duration; {@code null} clears
	 * the time.
	 *
	 * @param duration 1 ms to 24 h in whole milliseconds; null for no time
	 */
	@JsonDeserialize(using = Deserializer.class)
	record After(@Nullable Duration duration) {

		private static final Duration SHORTEST = Duration.ofMillis(1);

		private static final Duration LONGEST = Duration.ofHours(24);

		After {
			if (duration != null && (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0
					|| duration.getNano() % 1_000_000 != 0)) {
				throw new IllegalArgumentException("not from 1 ms to 24 h");
			}
		}

		private @Nullable Instant of(long startedAt) {
			return (this.duration != null) ? Instant.ofEpochMilli(startedAt).plus(this.duration) : null;
		}

	}

	/** Reads {@code "PT10M"} or {@code null}, and sees whether the member is missing. */
	static final class Deserializer extends StdDeserializer<After> {

		Deserializer() {
			super(After.class);
		}

		@Override
		public After deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.currentToken() != JsonToken.VALUE_STRING) {
				return (After) context.handleUnexpectedToken(getValueType(context), parser);
			}
			try {
				return new After(Duration.parse(parser.getString()));
			}
			catch (DateTimeException | IllegalArgumentException | ArithmeticException ex) {
				return context.reportInputMismatch(this, "not a duration from 1 ms to 24 h");
			}
		}

		@Override
		public After getNullValue(DeserializationContext context) {
			return new After(null);
		}

		@Override
		public @Nullable Object getAbsentValue(DeserializationContext context) {
			return null;
		}

	}

}
