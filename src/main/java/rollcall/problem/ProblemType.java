package rollcall.problem;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The types of errors in the API's answers. Their codes are part of the contract; their
 * texts are in the message files, in the reader's language.
 */
public enum ProblemType {

	/** The request line, a header or the path is not valid HTTP. */
	BAD_REQUEST(HttpStatus.BAD_REQUEST),

	/** A value breaks a rule; {@code errors} lists each field with its rule. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST),

	/** The body is not a JSON object. */
	MALFORMED_BODY(HttpStatus.BAD_REQUEST),

	/** No login, or a wrong one; {@code ways} lists how to log in. */
	UNAUTHORIZED(HttpStatus.UNAUTHORIZED),

	/** The password has more bytes than bcrypt compares. */
	PASSWORD_TOO_LONG(HttpStatus.UNAUTHORIZED),

	/** The login is valid, but lacks the role that {@code missingRole} names. */
	FORBIDDEN(HttpStatus.FORBIDDEN),

	/** No teacher is configured, and the request may come from another machine. */
	ONLY_THIS_MACHINE(HttpStatus.FORBIDDEN),

	/** The roll belongs to another teacher. */
	NOT_YOUR_ROLL(HttpStatus.FORBIDDEN),

	/** A page of another origin sent the request. */
	FOREIGN_ORIGIN(HttpStatus.FORBIDDEN),

	/** The header {@code Host} is no name of this server. */
	UNKNOWN_HOST(HttpStatus.FORBIDDEN),

	/** The path does not exist. */
	NOT_FOUND(HttpStatus.NOT_FOUND),

	/** The class has no open roll. */
	NO_OPEN_ROLL(HttpStatus.NOT_FOUND),

	/** The open roll requires no code. */
	NO_CODE(HttpStatus.NOT_FOUND),

	/** The server does not keep a sheet of this roll. */
	SHEET_NOT_KEPT(HttpStatus.NOT_FOUND),

	/** The path does not have this method; {@code Allow} lists its methods. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),

	/** The body did not arrive in time. */
	REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT),

	/** The answer has no form that the header {@code Accept} allows. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),

	/** The class has an open roll already; {@code startedAt} is its start. */
	ROLL_ALREADY_OPEN(HttpStatus.CONFLICT),

	/** The open roll has the maximum number of students. */
	ROLL_FULL(HttpStatus.CONFLICT),

	/** A condition such as {@code If-Unmodified-Since} is not true. */
	PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED),

	/** The open roll of the class is not the one in {@code If-Match}. */
	ANOTHER_ROLL_OPEN(HttpStatus.PRECONDITION_FAILED),

	/** The body is larger than the server reads. */
	BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),

	/** The path does not read bodies of this type. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),

	/** The range is not in the file; {@code Content-Range} gives its size. */
	RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE),

	/** Too many wrong passwords; the password was not compared. */
	TOO_MANY_LOGINS(HttpStatus.TOO_MANY_REQUESTS),

	/** The server failed unexpectedly. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR),

	/** Too many requests wait for the store; this one was not tried. */
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE),

	/**
	 * The store does not answer. The change may have been made; to repeat it is safe.
	 */
	STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),

	/** The issuer of tokens does not answer, so tokens cannot be checked. */
	ISSUER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),

	/** The teacher has the maximum number of open rolls. */
	TOO_MANY_ROLLS(HttpStatus.SERVICE_UNAVAILABLE);

	private final HttpStatus status;

	ProblemType(HttpStatus status) {
		this.status = status;
	}

	/** Returns the HTTP status of the answer. */
	public HttpStatus status() {
		return this.status;
	}

	/** Returns the name in lower case with hyphens, such as {@code roll-already-open}. */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Returns the {@code type} of the problem: {@code urn:rollcall:} and the code. */
	public String uri() {
		return "urn:rollcall:" + code();
	}

	/**
	 * Returns the most general type with a status: the first one in the list above. A
	 * version or an encoding that Tomcat does not know (501, 505) counts as an error of
	 * the client.
	 * @param status an HTTP status of 400 or more
	 */
	public static ProblemType ofStatus(int status) {
		for (ProblemType type : values()) {
			if (type.status.value() == status) {
				return type;
			}
		}
		boolean clientError = (status >= 400 && status < 500) || status == 501 || status == 505;
		return clientError ? BAD_REQUEST : INTERNAL_ERROR;
	}

}
