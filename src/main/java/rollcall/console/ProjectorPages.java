package rollcall.console;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import rollcall.console.Http.Answer;

/** Sends the requests about the pages that show a roll without a login. */
final class ProjectorPages {

	private static final String JSON = "application/json";

	private static final Set<String> NO_ROLL = Set.of("no-open-roll");

	private final Http http;

	private final AnswerReader answers;

	ProjectorPages(Http http) {
		this.http = http;
		this.answers = new AnswerReader(http.server());
	}

	/**
	 * Makes a page for the open roll. A repeated request makes another one.
	 * @return its address; empty if no roll is open
	 */
	Optional<String> open(long classId) {
		return Repeat.untilAnswered(() -> {
			Answer answer = this.http.send("POST", path(classId), Map.of("Accept", JSON), null);
			return this.answers.unless(answer, NO_ROLL, () -> this.answers.read(answer, Page.class));
		}).map(Page::url);
	}

	/**
	 * Revokes all pages of the open roll.
	 * @return false if no roll is open
	 */
	boolean revoke(long classId) {
		return Repeat.untilAnswered(() -> {
			Answer answer = this.http.send("DELETE", path(classId), Map.of("Accept", JSON), null);
			return this.answers.unless(answer, NO_ROLL, () -> this.answers.withoutBody(answer));
		}).isPresent();
	}

	private static String path(long classId) {
		return "/classes/" + classId + "/roll/projector";
	}

	/**
	 * The answer of the server.
	 *
	 * @param url the address of the page
	 */
	record Page(String url) {
	}

}
