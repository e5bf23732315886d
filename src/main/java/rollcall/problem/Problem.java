package rollcall.problem;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * An error as it is answered.
 *
 * @param type {@code urn:rollcall:} and a fixed code
 * @param title what happened, in the reader's language
 * @param status the HTTP status
 * @param detail what to do about it, in the reader's language
 * @param details further members, as the type defines them
 */
@JsonPropertyOrder({ "type", "title", "status", "detail" })
public record Problem(String type, String title, int status, String detail,
		@JsonAnyGetter Map<String, Object> details) {
}
