package rollcall.problem;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Turns an exception into the API's one form of an error. An answer never contains the
 * exception's text: all texts stand in the message files.
 */
@Component
public class Problems {

	/** Seconds after which a client may try again. */
	private static final String RETRY_AFTER_SECONDS = "1";

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private final MessageSource messages;

	private final JsonMapper json;

	Problems(MessageSource messages, JsonMapper json) {
		this.messages = messages;
		this.json = json;
	}

	/**
	 * Answers with the problem that a failure is.
	 * @param failure what went wrong
	 * @param request the request, for the language
	 * @param response its response, not committed
	 * @throws IOException if the client is gone
	 */
	public void write(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		ProblemException problem = classify(failure);
		if (failure instanceof ErrorResponse standard) {
			copy(standard.getHeaders(), response);
		}
		write(problem, request.getLocale(), response);
	}

	void write(ProblemException problem, Locale locale, HttpServletResponse response) throws IOException {
		ProblemType type = problem.type();
		if (type.status() == HttpStatus.SERVICE_UNAVAILABLE && !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		byte[] body = this.json.writeValueAsBytes(describe(problem, locale));
		response.setStatus(type.status().value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(body);
	}

	/**
	 * The answer that a problem gets.
	 * @param problem the problem
	 * @param locale the reader's language
	 * @return its texts and further members
	 */
	public Problem describe(ProblemException problem, Locale locale) {
		ProblemType type = problem.type();
		return new Problem(type.uri(), text("title", type.code(), locale), type.status().value(),
				text("detail", type.code(), locale), localize(problem.details(), locale));
	}

	/**
	 * Values that break their rules.
	 * @param fields the names of the fields, each of which has a rule in the message
	 * files
	 */
	public static ProblemException invalid(List<String> fields) {
		return new ProblemException(ProblemType.INVALID_REQUEST, Map.of("errors", fields));
	}

	private static ProblemException classify(Throwable failure) {
		if (failure instanceof ProblemException problem) {
			return problem;
		}
		if (failure instanceof DataAccessException) {
			logger.warn("The store could not be read", failure);
			return new ProblemException(ProblemType.STORE_UNAVAILABLE, Map.of());
		}
		if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
			return invalid(List.of(mismatch.getName()));
		}
		if (failure instanceof MethodArgumentNotValidException invalid) {
			return invalid(invalid.getFieldErrors().stream().map(FieldError::getField).distinct().toList());
		}
		if (failure instanceof HttpMessageNotReadableException unreadable) {
			String field = fieldOf(unreadable);
			return (field != null) ? invalid(List.of(field))
					: new ProblemException(ProblemType.MALFORMED_BODY, Map.of());
		}
		if (failure instanceof InvalidParameterException) {
			return new ProblemException(ProblemType.BAD_REQUEST, Map.of());
		}
		if (failure instanceof InvalidMimeTypeException) {
			// The actuator reads the header Accept by itself.
			return new ProblemException(ProblemType.NOT_ACCEPTABLE, Map.of());
		}
		if (failure instanceof ErrorResponse standard) {
			return new ProblemException(ProblemType.ofStatus(standard.getStatusCode().value()), Map.of());
		}
		logger.error("A request failed", failure);
		return new ProblemException(ProblemType.INTERNAL_ERROR, Map.of());
	}

	/**
	 * The field whose value has the wrong type, null if the body is no JSON object at
	 * all.
	 */
	private static @Nullable String fieldOf(HttpMessageNotReadableException unreadable) {
		if (unreadable.getCause() instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
			JacksonException.Reference field = mismatch.getPath().get(mismatch.getPath().size() - 1);
			return field.getPropertyName();
		}
		return null;
	}

	/**
	 * Adds the texts: a rule to each name of {@code errors}, a sentence for each name of
	 * {@code ways}.
	 */
	private Map<String, Object> localize(Map<String, Object> details, Locale locale) {
		Map<String, Object> localized = new LinkedHashMap<>(details);
		localized.computeIfPresent("errors",
				(key, fields) -> names(fields)
					.map((field) -> Map.of("field", field, "rule", text("rule", field, locale)))
					.toList());
		localized.computeIfPresent("ways", (key, ways) -> names(ways).map((way) -> text("way", way, locale)).toList());
		return localized;
	}

	private static Stream<String> names(Object list) {
		return ((Collection<?>) list).stream().map(String::valueOf);
	}

	private String text(String kind, String name, Locale locale) {
		return this.messages.getMessage(kind + "." + name, null, locale);
	}

	private static void copy(HttpHeaders headers, HttpServletResponse response) {
		headers.forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
	}

}
