package rollcall.roll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.Await;
import rollcall.Http;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers on both stores whose clock jumps by 2 days and by 50 years, over HTTP: no sheet
 * is lost before it is handed over, and all data is erased in time.
 */
class ClockJumpsIT {

	private static final List<Duration> JUMPS = Stream.of(2, -2, 18_263, -18_263).map(Duration::ofDays).toList();

	@ParameterizedTest
	@Execution(ExecutionMode.CONCURRENT)
	@EnumSource
	void noSheetIsLostBeforeItIsHandedOver(JumpingServer.Store store) throws Exception {
		try (JumpingServer server = JumpingServer.start(store, "--rollcall.abandoned-after=1s",
				"--rollcall.waiting-sheet-retention=1h", "--rollcall.closed-sheet-retention=1h")) {
			for (Duration jump : JUMPS) {
				long classId = Http.newClassId();
				String roll = "/classes/" + classId + "/roll";
				String rollId = server.ask("POST", roll).member("rollId");
				server.present(classId, "042191010");
				server.jump(jump);
				Await.until("the roll ends by itself", () -> server.sheet(rollId).isPresent());
				assertThat(server.ask("GET", roll).status()).isEqualTo(404);
				server.jump(jump.negated());
				server.awaitUpkeep(rollId);
				assertThat(server.sheet(rollId).orElseThrow().path("taken").asBoolean()).isFalse();
				String sheet = server.ask("GET", "/sheets/" + rollId).text();
				assertThat(sheet).contains("\"042191010\"");
				server.jump(jump);
				assertThat(server.ask("DELETE", roll).text()).isEqualTo(sheet);
				server.awaitUpkeep(rollId);
				server.jump(jump.negated());
				server.awaitUpkeep(rollId);
				assertThat(server.ask("DELETE", roll, "If-Match", "\"" + rollId + "\"").text()).isEqualTo(sheet);
				assertThat(server.ask("DELETE", roll).status()).isEqualTo(404);
				assertThat(server.sheet(rollId).orElseThrow().path("taken").asBoolean()).isTrue();
				assertThat(server.ask("DELETE", "/sheets/" + rollId).status()).isEqualTo(204);
			}
		}
	}

	@ParameterizedTest
	@Execution(ExecutionMode.CONCURRENT)
	@EnumSource
	void anOpenRollSurvivesClockJumps(JumpingServer.Store store) throws Exception {
		try (JumpingServer server = JumpingServer.start(store, "--rollcall.closed-sheet-retention=1h")) {
			long before = Http.newClassId();
			String kept = server.ask("POST", "/classes/" + before + "/roll").member("rollId");
			server.ask("DELETE", "/classes/" + before + "/roll");
			long classId = Http.newClassId();
			server.ask("POST", "/classes/" + classId + "/roll");
			List<String> students = new ArrayList<>();
			for (Duration jump : JUMPS) {
				server.jump(jump);
				server.awaitUpkeep(kept);
				students.add("s" + students.size());
				server.present(classId, students.get(students.size() - 1));
			}
			JsonNode sheet = server.ask("DELETE", "/classes/" + classId + "/roll").json();
			assertThat(sheet.path("studentIds")).map(JsonNode::asString).containsExactlyElementsOf(students);
			List<String> times = sheet.path("presences").findValuesAsString("at");
			times.add(0, sheet.path("startedAt").asString());
			times.add(sheet.path("endedAt").asString());
			assertThat(times.stream().map(Instant::parse)).isSorted();
		}
	}

	@ParameterizedTest
	@Execution(ExecutionMode.CONCURRENT)
	@EnumSource
	void everythingIsErasedInTime(JumpingServer.Store store) throws Exception {
		try (JumpingServer server = JumpingServer.start(store, "--rollcall.abandoned-after=1s",
				"--rollcall.waiting-sheet-retention=1s", "--rollcall.closed-sheet-retention=1s")) {
			for (Duration jump : JUMPS) {
				long classId = Http.newClassId();
				server.ask("POST", "/classes/" + classId + "/roll");
				server.present(classId, "waits");
				server.ask("POST", "/classes/" + (classId + 1_000_000) + "/roll");
				server.present(classId + 1_000_000, "taken");
				server.ask("DELETE", "/classes/" + (classId + 1_000_000) + "/roll");
				Await.until("nothing is left", () -> {
					server.jump(jump);
					boolean empty = server.ask("GET", "/classes").json().isEmpty()
							&& server.ask("GET", "/sheets").json().isEmpty() && server.presences() == 0;
					server.jump(jump.negated());
					return empty;
				});
			}
		}
	}

}
