package rollcall.console;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import rollcall.console.Failure.ExitCode;
import rollcall.console.Http.Answer;

/** Turns the answers of a server into records or failures. */
final class AnswerReader {

	private static final String JSON = "application/json";

	private final ServerAddress server;

	AnswerReader(ServerAddress server) {
		this.server = server;
	}

	/**
	 * Reads an answer.
	 * @param problems the problems of a rollcall server that mean that there is nothing
	 * @return empty if the answer is one of these problems
	 */
	<T> Optional<T> unless(Answer answer, Set<String> problems, Supplier<T> reading) {
		return problems.contains(answer.problem()) ? Optional.empty() : Optional.of(reading.get());
	}

	/** Reads the record of a successful answer. */
	<T extends Record> T read(Answer answer, Class<T> type) {
		return read(answer, type, (any) -> true);
	}

	/**
	 * Reads the record of a successful answer.
	 * @param asked whether the record is about what was asked; a proxy may give an answer
	 * that it has kept for somebody else
	 * @throws Failure as the other method, and if the record is about something else
	 */
	<T extends Record> T read(Answer answer, Class<T> type, Predicate<T> asked) {
		T record = read(answer, JSON, (each) -> Json.read(each.body(), type));
		if (!asked.test(record)) {
			throw foreign(answer);
		}
		return record;
	}

	/**
	 * Reads a successful answer of this media type.
	 * @throws Failure if the request failed, or if the answer is not of a rollcall server
	 */
	<T> T read(Answer answer, String type, Function<Answer, T> reader) {
		if (!answer.isSuccess(type)) {
			throw refusal(answer);
		}
		try {
			return reader.apply(answer);
		}
		catch (Json.UnexpectedJson ex) {
			throw foreign(answer);
		}
	}

	/**
	 * Checks a successful answer that has no body.
	 * @throws Failure as {@link #read}
	 */
	Answer withoutBody(Answer answer) {
		if (answer.status() != 204) {
			throw refusal(answer);
		}
		return answer;
	}

	private Failure refusal(Answer answer) {
		int status = answer.status();
		if (status == 502 || status == 503 || status == 504) {
			return new Failure.Passing("server.busy", this.server, status);
		}
		if (answer.problem().isEmpty()) {
			return foreign(answer);
		}
		String detail = answer.problemText("detail");
		return switch (status) {
			case 401 -> new Failure(ExitCode.SERVER_ERROR, "server.login", this.server);
			case 403 -> new Failure(ExitCode.SERVER_ERROR, "server.forbidden", this.server, detail);
			case 408, 429, 500 -> new Failure.Passing("server.error", status, detail);
			default -> new Failure(ExitCode.SERVER_ERROR, "server.error", status, detail);
		};
	}

	private Failure foreign(Answer answer) {
		return new Failure.Passing("server.other", this.server, answer.status());
	}

}
