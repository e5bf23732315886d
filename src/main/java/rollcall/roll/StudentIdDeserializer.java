package rollcall.roll;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads an enrolment number as text: outer spaces go, and a JSON whole number is read as
 * its digits, because cards and spreadsheets send those.
 */
class StudentIdDeserializer extends StdDeserializer<String> {

	StudentIdDeserializer() {
		super(String.class);
	}

	@Override
	public String deserialize(JsonParser parser, DeserializationContext context) {
		if (parser.currentToken() == JsonToken.VALUE_STRING) {
			return parser.getString().strip();
		}
		if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && parser.getString().charAt(0) != '-') {
			return parser.getString();
		}
		return (String) context.handleUnexpectedToken(getValueType(context), parser);
	}

}
