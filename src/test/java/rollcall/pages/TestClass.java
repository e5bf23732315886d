package rollcall.pages;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import rollcall.Await;
import rollcall.Http;
import rollcall.Http.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class that no other test uses, and requests of its other teachers and of its
 * students.
 */
class TestClass {

	final long id = Http.newClassId();

	private final Http http;

	private final String path = "/classes/" + this.id;

	TestClass(int port) {
		this.http = new Http(port);
	}

	/** Opens the roll and returns its id. */
	String start() {
		return this.http.start(this.id).member("rollId");
	}

	/** Opens a roll that requires a code. */
	void startWithCode() {
		assertThat(this.http.sendJson(this.path + "/roll", "{\"code\": true}").status()).isEqualTo(201);
	}

	/** Opens the roll and returns when it started. */
	String startedAt() {
		return this.http.start(this.id).member("startedAt");
	}

	void end() {
		assertThat(this.http.delete(this.path + "/roll").status()).isEqualTo(200);
	}

	/** Erases the sheets of this class, as another teacher's program can. */
	void discardSheets() {
		for (JsonNode sheet : this.http.get("/sheets").json()) {
			if (sheet.path("classId").asLong() == this.id) {
				assertThat(this.http.delete("/sheets/" + sheet.path("rollId").asString()).status()).isEqualTo(204);
			}
		}
	}

	/** Sends the presences of students, one after the other. */
	void present(String... studentIds) {
		for (String studentId : studentIds) {
			assertThat(this.http.present(this.id, studentId).member("classId")).isEqualTo(String.valueOf(this.id));
		}
	}

	/** Gives a student a status, as another teacher's page can. */
	void mark(String studentId, String status) {
		assertThat(this.http.mark(this.id, studentId, status).status()).isEqualTo(200);
	}

	/** Changes when students are late and when the roll ends by itself. */
	void setTimes(String times) {
		assertThat(this.http.setTimes(this.id, times).status()).isEqualTo(200);
	}

	/** Switches the code on or off, as another teacher's page can. */
	void setCode(boolean required) {
		setTimes("{\"code\": " + required + "}");
	}

	/** Whether the open roll asks for a code. */
	boolean asksCode() {
		return this.http.get(this.path + "/roll").json().path("code").asBoolean(false);
	}

	/** The codes to show now and next. */
	List<String> codes() {
		List<String> codes = new ArrayList<>();
		this.http.get(this.path + "/roll/code")
			.json()
			.path("codes")
			.forEach((shown) -> codes.add(shown.path("code").asString()));
		return codes;
	}

	/**
	 * Lets the open roll end by itself some time from now. If the machine is so slow that
	 * this time has passed meanwhile, the server refuses it, and it is set again.
	 */
	void endIn(int milliseconds) {
		Await.until("the deadline is set",
				() -> this.http.setTimes(this.id, "{\"endsAfter\": \"" + untilIn(milliseconds) + "\"}")
					.status() == 200);
	}

	/** Students who answer some time from now are late. */
	void lateIn(int milliseconds) {
		setTimes("{\"lateAfter\": \"" + untilIn(milliseconds) + "\"}");
	}

	/** The time from the start of the open roll to some time from now. */
	private Duration untilIn(int milliseconds) {
		Instant startedAt = Instant.parse(this.http.get(this.path + "/roll").json().path("startedAt").asString());
		return Duration.between(startedAt, Instant.now().plusMillis(milliseconds)).truncatedTo(ChronoUnit.MILLIS);
	}

	/** The id of the open roll. */
	String rollId() {
		return this.http.get(this.path + "/roll").member("rollId");
	}

	/** Whether the server keeps the sheet of a roll. */
	boolean hasSheet(String rollId) {
		return this.http.get("/sheets/" + rollId).status() == 200;
	}

	/** The entry of an ended roll in the list of sheets. */
	JsonNode sheet(String rollId) {
		for (JsonNode sheet : this.http.get("/sheets").json()) {
			if (sheet.path("rollId").asString().equals(rollId)) {
				return sheet;
			}
		}
		throw new AssertionError("The server does not keep the sheet of roll " + rollId);
	}

	/** The sheet of an ended roll for a reader in a zone. */
	String csvOf(String rollId, String zone) {
		return this.http
			.delete(this.path + "/roll", "If-Match", '"' + rollId + '"', "Accept", "text/csv", "Time-Zone", zone)
			.text();
	}

	/**
	 * Sends a number of presences at once, waits for all answers, and returns the student
	 * ids.
	 */
	List<String> arrive(String prefix, int count) {
		List<String> students = IntStream.rangeClosed(1, count).mapToObj((i) -> prefix + i).toList();
		List<CompletableFuture<HttpResponse<byte[]>>> answers = students.stream()
			.map((student) -> this.http.sendAsync("POST", this.path + "/presence",
					"{\"studentId\":\"" + student + "\"}", "Content-Type", "application/json"))
			.toList();
		for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
			assertThat(Http.await(answer).member("classId")).isEqualTo(String.valueOf(this.id));
		}
		return students;
	}

	/**
	 * Opens a roll that ends by itself after a second, and returns its id after the end.
	 */
	String startAndAwaitTheDeadline() {
		String rollId = this.http.sendJson(this.path + "/roll", "{\"endsAfter\": \"PT1S\"}").member("rollId");
		Await.until("the roll has ended", () -> this.http.get(this.path + "/roll").status() == 404);
		return rollId;
	}

	/** Sends a presence, which is refused because no roll is open. */
	void isTooLate(String studentId) {
		assertThat(this.http.present(this.id, studentId).member("reason")).isEqualTo("no-open-roll");
	}

	/** The open roll as JSON. */
	String current() {
		Answer current = this.http.get(this.path + "/roll");
		assertThat(current.status()).isEqualTo(200);
		return current.text();
	}

}
