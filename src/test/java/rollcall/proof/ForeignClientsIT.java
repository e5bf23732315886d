package rollcall.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rollcall.Await;
import rollcall.Needs;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * STOMP clients of other projects get no error. They receive every change of a roll
 * exactly once and in order, then the end at its deadline, while students post and their
 * teacher marks them; and they connect and disconnect many times.
 */
@Tag("jvm")
class ForeignClientsIT {

	private static final int PRESENCES = 300;

	private static final int CORRECTIONS = 60;

	private static final int STUDENTS = 4;

	private static final int SESSIONS = 200;

	private static final String NODE_MODULES = System.getenv().getOrDefault("NODE_PATH", "");

	private static final Path CLIENTS = Path.of("src", "test", "clients");

	private static final List<String> STOMPJS = List.of("node", CLIENTS.resolve("stompjs-client.mjs").toString());

	private static final List<String> STOMP_PY = List.of("/usr/bin/python3",
			CLIENTS.resolve("stomppy_client.py").toString());

	@TempDir
	Path folder;

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void stompjsSeesEveryChangeOnceAndInOrder() throws Exception {
		needsStompjs();
		watch(STOMPJS);
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void stompPySeesEveryChangeOnceAndInOrder() throws Exception {
		needsStompPy();
		watch(STOMP_PY);
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void stompjsHasNoErrorInManySessions() throws Exception {
		needsStompjs();
		connectManyTimes(STOMPJS);
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	void stompPyHasNoErrorInManySessions() throws Exception {
		needsStompPy();
		connectManyTimes(STOMP_PY);
	}

	private static void needsStompjs() {
		Needs.that(
				Needs.runs("node", "--version") && Files.isDirectory(Path.of(NODE_MODULES, "@stomp", "stompjs"))
						&& Files.isDirectory(Path.of(NODE_MODULES, "ws")),
				"@stomp/stompjs: NODE_PATH names a node_modules folder with @stomp/stompjs and ws");
	}

	private static void needsStompPy() {
		Needs.that(Needs.runs("/usr/bin/python3", "-c", "import stomp, websocket"),
				"stomp.py: Debian packages python3-stomp and python3-websocket");
	}

	private void watch(List<String> command) throws Exception {
		History history = new History();
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).start();
				RollCallClient teacher = new RollCallClient(server.base(), history)) {
			Call.Started roll = (Call.Started) teacher.start(1);
			Path printed = this.folder.resolve("printed");
			Process client = start(server, roll, printed, command);
			try {
				Await.until("the client is subscribed", () -> !client.isAlive() || size(printed) > 0);
				Corrector corrector = new Corrector(teacher, 1, roll.rollId(), new Random());
				post(server, history, corrector);
				Await.until("the deadline is set", () -> corrector.setDeadline(Duration.ofMillis(500)) != null);
				expectSuccess(client);
			}
			finally {
				client.destroyForcibly();
			}
			List<String> lines = Files.readAllLines(printed, StandardCharsets.UTF_8);
			assertThat(lines).startsWith("subscribed");
			List<Watch.Event> events = events(lines.subList(1, lines.size()));
			history.add(new Watch(roll.rollId(), true, events));
			Call.SeenSheet sheet = ((Call.Ended) teacher.end(1, roll.rollId())).sheet();
			assertThat(history.violations()).isEmpty();
			assertThat(events).extracting(Watch.Event::type).contains("presence", "absence", "changed");
			assertThat(events).extracting(Watch.Event::seq)
				.containsExactlyElementsOf(
						LongStream.concat(LongStream.range(1, events.size()), LongStream.of(events.size() - 1))
							.boxed()
							.toList());
			assertThat(known(events)).as("to a client that knows presence and ended").containsAll(sheet.studentIds());
		}
	}

	/** What a client knows that ignores the types that were added later. */
	private static Set<String> known(List<Watch.Event> events) {
		assertThat(events.get(events.size() - 1).ended()).isTrue();
		return events.stream()
			.filter((event) -> event.type().equals("presence"))
			.map((event) -> event.row().studentId())
			.collect(Collectors.toSet());
	}

	/**
	 * Each session subscribes with a receipt, gets the event of a presence that was
	 * posted after it, unsubscribes and disconnects.
	 */
	private void connectManyTimes(List<String> command) throws Exception {
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).start();
				RollCallClient teacher = new RollCallClient(server.base(), new History())) {
			Call.Started roll = (Call.Started) teacher.start(1);
			Path printed = this.folder.resolve("printed");
			Process client = start(server, roll, printed, command, server.base() + "/classes/1/presence",
					String.valueOf(SESSIONS));
			try {
				expectSuccess(client);
			}
			finally {
				client.destroyForcibly();
			}
			assertThat(printed).hasContent(String.valueOf(SESSIONS));
		}
	}

	private static void expectSuccess(Process client) throws InterruptedException {
		assertThat(client.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("the client ended").isTrue();
		assertThat(client.exitValue()).as("status of the client").isZero();
	}

	private static Process start(ServerProcess server, Call.Started roll, Path printed, List<String> command,
			String... further) throws IOException {
		List<String> line = new ArrayList<>(command);
		line.add("ws://" + server.base().getAuthority() + "/ws");
		line.add("/topic/rolls." + roll.rollId());
		line.addAll(List.of(further));
		ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(printed.toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("NODE_PATH", NODE_MODULES);
		return builder.start();
	}

	/** Students post while their teacher marks some of them and changes the times. */
	private static void post(ServerProcess server, History history, Corrector corrector) {
		try (Crowd crowd = new Crowd()) {
			crowd.add(() -> {
				for (int i = 0; i < CORRECTIONS; i++) {
					corrector.correct();
				}
			});
			for (int i = 0; i < STUDENTS; i++) {
				int number = i;
				crowd.add(() -> {
					try (RollCallClient student = new RollCallClient(server.base(), history)) {
						for (int n = 0; n < PRESENCES / STUDENTS; n++) {
							student.present(1, number + "-" + n);
						}
					}
				});
			}
			crowd.join();
		}
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static List<Watch.Event> events(List<String> bodies) {
		return bodies.stream().map(ForeignClientsIT::event).toList();
	}

	private static Watch.Event event(String line) {
		return Watch.Event.read(new JsonMapper().readTree(line), Long.MAX_VALUE);
	}

}
