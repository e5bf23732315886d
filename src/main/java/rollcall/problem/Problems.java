package rollcall.problem;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
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
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Turns every exception into an {@code application/problem+json} answer, or into a page
 * for a person in a browser. The answer never contains the text of the exception: all
 * texts are in the message files.
 */
@RestControllerAdvice
public class Problems {

	/** Value of {@code Retry-After} in answers with status 503, in seconds. */
	public static final String RETRY_AFTER_SECONDS = "1";

	private static final Set<String> CONTENT_HEADERS = Set.of("allow", "content-disposition", "content-language",
			"content-length", "content-type", "etag", "last-modified", "location");

	private static final Logger logger = LoggerFactory.getLogger(Problems.class);

	private final MessageSource messages;

	private final JsonMapper json;

	private final ProblemPage page;

	Problems(MessageSource messages, JsonMapper json, ProblemPage page) {
		this.messages = messages;
		this.json = json;
		this.page = page;
	}

	/**
	 * Answers a request whose controller has thrown an exception, also after it has set
	 * headers.
	 */
	@ExceptionHandler
	void handle(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!response.isCommitted()) {
			clear(response);
			write(failure, request, response);
		}
	}

	/**
	 * Writes the problem of an exception as the answer.
	 * @param failure the exception
	 * @param request the request, for the reader's language
	 * @param response its response, not committed
	 * @throws IOException if the connection is broken
	 */
	public void write(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		ProblemException problem = classify(failure);
		if (failure instanceof ErrorResponse standard) {
			copy(standard.getHeaders(), response);
		}
		HttpStatus status = problem.type().status();
		if (status == HttpStatus.SERVICE_UNAVAILABLE && !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
			response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		if (isPageWanted(request) && this.page.write(problem.type(), request, response)) {
			return;
		}
		byte[] body = this.json.writeValueAsBytes(describe(problem, request.getLocale()));
		response.setStatus(status.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(body);
	}

	/**
	 * Whether a browser will show the answer as a page. Programs do not ask for HTML, and
	 * a page's script asks for JSON.
	 */
	private static boolean isPageWanted(HttpServletRequest request) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE) && !accept.contains("json");
	}

	/**
	 * Returns the body of the answer to a problem.
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
	 * Creates the problem of values that break their rules.
	 * @param fields names of the fields; the message files have a rule for each
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
			// The actuator parses the header Accept itself.
			return new ProblemException(ProblemType.NOT_ACCEPTABLE, Map.of());
		}
		if (failure instanceof ErrorResponse standard) {
			return new ProblemException(ProblemType.ofStatus(standard.getStatusCode().value()), Map.of());
		}
		logger.error("A request failed", failure);
		return new ProblemException(ProblemType.INTERNAL_ERROR, Map.of());
	}

	/**
	 * Returns the field whose value has the wrong type, null if the body is no JSON
	 * object.
	 */
	private static @Nullable String fieldOf(HttpMessageNotReadableException unreadable) {
		if (unreadable.getCause() instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
			JacksonException.Reference field = mismatch.getPath().get(mismatch.getPath().size() - 1);
			return field.getPropertyName();
		}
		return null;
	}

	/**
	 * Adds a rule to each name in {@code errors}, and replaces each name in {@code ways}
	 * by a sentence.
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

	/**
	 * Empties the response. Headers that describe its content are removed; others, such
	 * as the security headers, stay.
	 */
	private static void clear(HttpServletResponse response) {
		Map<String, String> kept = new LinkedHashMap<>();
		for (String name : response.getHeaderNames()) {
			if (!CONTENT_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
				kept.put(name, response.getHeader(name));
			}
		}
		response.reset();
		kept.forEach(response::setHeader);
	}

	/**
	 * The body of an answer with an error (RFC 9457).
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

}
