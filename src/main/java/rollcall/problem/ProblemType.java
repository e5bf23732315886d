package rollcall.problem;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * Every kind of error the API answers with. The names are part of the contract; the texts
 * follow the reader's language.
 */
public enum ProblemType {

	/** The request is not HTTP as it should be. */
	BAD_REQUEST(HttpStatus.BAD_REQUEST),

	/** A value breaks a rule; {@code errors} names each field with its rule. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST),

	/** The body is not the JSON object that was expected. */
	MALFORMED_BODY(HttpStatus.BAD_REQUEST),

	/** No login, or a wrong one; {@code ways} tells how to log in. */
	UNAUTHORIZED(HttpStatus.UNAUTHORIZED),

	/** The password has more bytes than can be compared. */
	PASSWORD_TOO_LONG(HttpStatus.UNAUTHORIZED),

	/** The login is valid, but lacks the role that {@code missingRole} names. */
	FORBIDDEN(HttpStatus.FORBIDDEN),

	/**
	 * No teacher is configured, and the request does not surely come from this machine.
	 */
	ONLY_THIS_MACHINE(HttpStatus.FORBIDDEN),

	/** The roll belongs to another teacher. */
	NOT_YOUR_ROLL(HttpStatus.FORBIDDEN),

	/** The request comes from a page of another origin. */
	FOREIGN_ORIGIN(HttpStatus.FORBIDDEN),

	/** The header {@code Host} names a host that this server is not known by. */
	UNKNOWN_HOST(HttpStatus.FORBIDDEN),

	/** There is nothing at this path. */
	NOT_FOUND(HttpStatus.NOT_FOUND),

	/** No roll of the class is open. */
	NO_OPEN_ROLL(HttpStatus.NOT_FOUND),

	/** No sheet of the roll is kept. */
	SHEET_NOT_KEPT(HttpStatus.NOT_FOUND),

	/** The path does not know the method; {@code Allow} names those it knows. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),

	/** The body did not arrive in time. */
	REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT),

	/** No representation that the caller accepts. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),

	/** A roll of the class is open already; {@code startedAt} tells since when. */
	ROLL_ALREADY_OPEN(HttpStatus.CONFLICT),

	/** A condition such as {@code If-Unmodified-Since} does not hold. */
	PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED),

	/** Another roll of the class is open than the one that {@code If-Match} names. */
	ANOTHER_ROLL_OPEN(HttpStatus.PRECONDITION_FAILED),

	/** The body is larger than the server reads. */
	BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),

	/** The body is of a type that the path does not read. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),

	/** The file has no such range; {@code Content-Range} gives its size. */
	RANGE_NOT_SATISFIABLE(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE),

	/** Too many wrong passwords; the password was not compared. */
	TOO_MANY_LOGINS(HttpStatus.TOO_MANY_REQUESTS),

	/** Something went wrong that should not. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR),

	/** Too much is waiting for the store; the request was not tried. */
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE),

	/**
	 * The store does not answer; whether the change was made is not certain, and
	 * repeating it is safe.
	 */
	STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),

	/** The issuer of tokens does not answer, so that no token can be checked. */
	ISSUER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),

	/** The teacher has as many open rolls as one teacher may have. */
	TOO_MANY_ROLLS(HttpStatus.SERVICE_UNAVAILABLE);

	private final HttpStatus status;

	ProblemType(HttpStatus status) {
		this.status = status;
	}

	public HttpStatus status() {
		return this.status;
	}

	/** The name in lower case with hyphens, such as {@code roll-already-open}. */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** The {@code type} of the problem: {@code urn:rollcall:} and the code. */
	public String uri() {
		return "urn:rollcall:" + code();
	}

	/**
	 * The most general type of a status: the first one above that has it. A version or an
	 * encoding that Tomcat does not know (501, 505) is the client's mistake here.
	 */
	static ProblemType ofStatus(int status) {
		for (ProblemType type : values()) {
			if (type.status.value() == status) {
				return type;
			}
		}
		boolean clientError = (status >= 400 && status < 500) || status == 501 || status == 505;
		return clientError ? BAD_REQUEST : INTERNAL_ERROR;
	}

}
