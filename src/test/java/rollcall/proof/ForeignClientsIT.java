package rollcall.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.Needs;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * STOMP clients that were not written here follow a roll while students post at the same
 * time: every presence exactly once, in order, then the end.
 */
class ForeignClientsIT {

	private static final int PRESENCES = 300;

	private static final int STUDENTS = 4;

	private static final String NODE_MODULES = System.getenv().getOrDefault("NODE_PATH", "");

	private static final Path CLIENTS = Path.of("src", "test", "clients");

	@TempDir
	Path folder;

	@Test
	void stompjsSeesEveryPresenceOnceAndInOrder() throws Exception {
		Needs.that(
				Needs.runs("node", "--version") && Files.isDirectory(Path.of(NODE_MODULES, "@stomp", "stompjs"))
						&& Files.isDirectory(Path.of(NODE_MODULES, "ws")),
				"@stomp/stompjs: NODE_PATH names a node_modules folder with @stomp/stompjs and ws");
		watch("@stomp/stompjs", "node", CLIENTS.resolve("stompjs-watcher.mjs").toString());
	}

	@Test
	void stompPySeesEveryPresenceOnceAndInOrder() throws Exception {
		Needs.that(Needs.runs("/usr/bin/python3", "-c", "import stomp, websocket"),
				"stomp.py: Debian packages python3-stomp and python3-websocket");
		watch("stomp.py", "/usr/bin/python3", CLIENTS.resolve("stomppy_watcher.py").toString());
	}

	private void watch(String name, String... command) throws Exception {
		History history = new History();
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).start();
				RollCallClient teacher = new RollCallClient(server.base(), history)) {
			Call.Started roll = (Call.Started) teacher.start(1);
			Path seen = this.folder.resolve("seen");
			Process client = start(server, roll, seen, command);
			try {
				AtomicInteger early = new AtomicInteger();
				Await.until(name + " sees an event", () -> {
					teacher.present(1, "early-" + early.incrementAndGet());
					return !client.isAlive() || size(seen) > 0;
				});
				post(server, history);
				teacher.end(1, roll.rollId());
				assertThat(client.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
				assertThat(client.exitValue()).isZero();
			}
			finally {
				client.destroyForcibly();
			}
			history.add(new Watch(roll.rollId(), true, events(seen)));
			assertThat(history.violations()).isEmpty();
			assertThat(events(seen)).hasSizeGreaterThan(PRESENCES);
			System.out.println(name + ": " + events(seen).size() + " events, each once, in order, the end last");
		}
	}

	private static Process start(ServerProcess server, Call.Started roll, Path seen, String... command)
			throws IOException {
		List<String> line = new ArrayList<>(List.of(command));
		line.add("ws://" + server.base().getAuthority() + "/ws");
		line.add("/topic/rolls." + roll.rollId());
		ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(seen.toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("NODE_PATH", NODE_MODULES);
		return builder.start();
	}

	private static void post(ServerProcess server, History history) {
		try (Crowd crowd = new Crowd()) {
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

	private static List<Watch.Event> events(Path seen) throws IOException {
		List<Watch.Event> events = new ArrayList<>();
		for (String line : Files.readAllLines(seen, StandardCharsets.UTF_8)) {
			JsonNode body = new JsonMapper().readTree(line);
			Instant at = Instants.read(body.required("at").stringValue());
			events.add(new Watch.Event(body.required("type").stringValue(), body.required("classId").longValue(),
					body.required("rollId").stringValue(), body.required("seq").longValue(),
					body.path("studentId").asString(""), at, Long.MAX_VALUE));
		}
		return events;
	}

}
