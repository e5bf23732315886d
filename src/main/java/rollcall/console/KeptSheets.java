package rollcall.console;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import rollcall.console.Http.Answer;
import rollcall.roll.KeptSheet;
import rollcall.roll.Sheet;

/** Sends the requests about the sheets that a server keeps. */
final class KeptSheets {

	private static final String JSON = "application/json";

	private final Http http;

	private final AnswerReader answers;

	KeptSheets(Http http) {
		this.http = http;
		this.answers = new AnswerReader(http.server());
	}

	List<KeptSheet> list() {
		return this.answers.read(this.http.send("GET", "/sheets", Map.of("Accept", JSON), null), JSON,
				(answer) -> Json.list(answer.body(), KeptSheet.class));
	}

	/**
	 * The rolls of the class that ended by themselves and whose sheets wait, oldest
	 * first.
	 */
	List<UUID> waiting(long classId) {
		return list().stream()
			.filter((sheet) -> sheet.classId() == classId && !sheet.taken())
			.map(KeptSheet::rollId)
			.toList();
	}

	/**
	 * Reads the sheet of a roll that has ended, and changes nothing.
	 * @return the sheet; empty if it is not kept
	 */
	Optional<Sheet> read(UUID rollId) {
		return read(rollId, JSON,
				(answer) -> this.answers.read(answer, Sheet.class, (sheet) -> sheet.rollId().equals(rollId)));
	}

	/**
	 * Reads the sheet of a roll that has ended, and changes nothing.
	 * @return the unchanged bytes of the CSV; empty if the sheet is not kept
	 */
	Optional<byte[]> csv(UUID rollId) {
		return read(rollId, "text/csv", (answer) -> this.answers.read(answer, "text/csv", Answer::body));
	}

	/**
	 * Erases a sheet. Then it reads the sheet, because the answer of the first attempt
	 * may be lost.
	 * @return whether the server does not keep it any more
	 */
	boolean erase(UUID rollId) {
		return Repeat.untilAnswered(() -> {
			this.http.send("DELETE", path(rollId), Map.of("Accept", JSON), null);
			return read(rollId).isEmpty();
		});
	}

	private <T> Optional<T> read(UUID rollId, String type, Function<Answer, T> reader) {
		Map<String, String> headers = Map.of("Accept", type, "Time-Zone", ZoneId.systemDefault().getId());
		return Repeat.untilAnswered(() -> {
			Answer answer = this.http.send("GET", path(rollId), headers, null);
			return this.answers.unless(answer, Set.of("sheet-not-kept"), () -> reader.apply(answer));
		});
	}

	private static String path(UUID rollId) {
		return "/sheets/" + rollId;
	}

}
