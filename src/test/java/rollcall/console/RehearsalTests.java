package rollcall.console;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.console.TestStudents.Answer;
import rollcall.console.TestStudents.Answers;
import rollcall.console.TestStudents.Arrival;
import rollcall.roll.KeptSheet;

import static org.assertj.core.api.Assertions.assertThat;

/** The rehearsal with test students, against the real server. */
class RehearsalTests extends RelayedConsole {

	private static final Duration AT_ONCE = Duration.ofMillis(1);

	private final ScriptedTerminal screen = ScriptedTerminal.screen();

	@Test
	void everyTestStudentHasAConnectionAndNothingStaysOnTheServer() {
		rehearse("--students", "60", "--over", "1s").join();
		assertThat(this.screen.printed().toString()).contains("Rehearsal: 60 of 60 test students")
			.containsPattern("Recorded: 60 of 60\nOn the dashboard: 60 of 60, .*"
					+ "\n60 students in 1 s: all recorded, 95 of 100 answers within \\d+ ms, the slowest \\d+ ms. .*\n$");
		assertThat(this.relay.connections()).isGreaterThan(60);
		assertThat(this.direct.openRoll(this.id)).isEmpty();
		assertThat(kept()).isEmpty();
	}

	@Test
	void anOpenRollIsNotTouched() {
		this.direct.start(this.id, "{}");
		this.direct.answer(this.id, "042", null);
		assertThat(rehearse("--students", "5", "--over", "1s").join()).isEqualTo(1);
		assertThat(this.screen.warned().toString()).startsWith("A roll of class " + this.id + " is open.");
		assertThat(this.direct.read(this.id, 0).orElseThrow().presences()).hasSize(1);
	}

	@Test
	void controlCEndsTheRollAndErasesItsSheet() {
		CompletableFuture<Integer> rehearsal = rehearse("--students", "5000", "--over", "10m");
		this.screen.printed().await("Rehearsal: 1 of 5000");
		this.screen.pressControlC();
		assertThat(rehearsal.join()).isEqualTo(130);
		assertThat(this.screen.warned().toString())
			.endsWith("The rehearsal was stopped. Its roll of class " + this.id + " has ended.\n");
		assertThat(this.direct.openRoll(this.id)).isEmpty();
		assertThat(kept()).isEmpty();
	}

	@Test
	void aSheetWithOtherStudentsIsNotErased() {
		CompletableFuture<Integer> rehearsal = rehearse("--students", "5000", "--over", "10m");
		this.screen.printed().await("Rehearsal: 1 of 5000");
		this.direct.answer(this.id, "042191010", null);
		this.screen.pressControlC();
		rehearsal.join();
		UUID sheet = kept().get(0);
		assertThat(this.screen.warned().toString()).contains("are in its list: 1.", "teacher sheet " + sheet);
		assertThat(this.direct.sheets().read(sheet).orElseThrow().studentIds()).contains("042191010");
	}

	@Test
	void busyAndLostAnswersAreRepeatedAndCounted() throws IOException {
		this.direct.start(this.id, "{}");
		TestStudents students = students(3);
		this.relay.cut();
		CompletableFuture<Answers> arrival;
		try (Stub stub = Stub.answering(this.relay.port(), "503 Service Unavailable", "application/problem+json",
				"{\"type\":\"urn:rollcall:overloaded\"}")) {
			arrival = CompletableFuture.supplyAsync(() -> students.arrive(this.id), ScriptedTerminal::inThread);
			stub.request().await("POST /classes/" + this.id + "/presence");
			Await.until("each student got an answer", () -> students.busy() >= 3);
		}
		Await.until("an answer is lost", () -> students.lost() > 0);
		this.relay.mend();
		Answers answers = arrival.join();
		assertThat(answers.last()).hasSize(3).allMatch(Answer::isRecorded);
		assertThat(answers.busy()).isGreaterThanOrEqualTo(3);
		assertThat(answers.lost()).isPositive();
	}

	@Test
	void aLateAnswerDelaysNoOtherStudent() {
		this.direct.start(this.id, "{}");
		TestStudents students = students(20);
		this.relay.freeze();
		CompletableFuture<Answers> arrival = CompletableFuture.supplyAsync(() -> students.arrive(this.id),
				ScriptedTerminal::inThread);
		Await.until("all students have come", () -> this.relay.connections() == 20);
		this.relay.thaw();
		assertThat(arrival.join().last()).hasSize(20).allMatch(Answer::isRecorded);
	}

	@Test
	void arrivalsAreSpreadAndTheSeedRepeatsThem() {
		Duration period = Duration.ofSeconds(10);
		List<Arrival> plan = TestStudents.plan(10, period, 7);
		assertThat(plan).isEqualTo(TestStudents.plan(10, period, 7)).isNotEqualTo(TestStudents.plan(10, period, 8));
		assertThat(LongStream.range(0, 10).allMatch((i) -> plan.get((int) i).afterNanos() / 1_000_000_000 == i))
			.isTrue();
		assertThat(plan).extracting(Arrival::studentId).startsWith("test-0001").endsWith("test-0010");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--students 0", "--students 5001", "--students many", "--over 0", "--over fast" })
	void aMistakeStartsNothing(String options) {
		assertThat(rehearse(options.split(" ")).join()).isEqualTo(2);
		assertThat(this.relay.connections()).isZero();
	}

	private CompletableFuture<Integer> rehearse(String... options) {
		return begin(this.screen, "rehearse", options);
	}

	private TestStudents students(int count) {
		RollClient client = new RollClient(ServerAddress.parse(this.relay.url()), Map.of());
		return new TestStudents(client.withOwnConnections(), () -> null, TestStudents.plan(count, AT_ONCE, 1));
	}

	private List<UUID> kept() {
		return this.direct.sheets()
			.list()
			.stream()
			.filter((sheet) -> sheet.classId() == this.id)
			.map(KeptSheet::rollId)
			.toList();
	}

}
