package rollcall.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import rollcall.Relay;
import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;

import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Commands about a class of its own on the real server, over a connection that a test can
 * cut.
 */
@RunningServer
abstract class RelayedConsole {

	private static final AtomicLong CLASSES = new AtomicLong(2_000);

	final long id = CLASSES.incrementAndGet();

	final String classId = String.valueOf(this.id);

	/** A client whose connection no test cuts. */
	RollClient direct;

	Relay relay;

	@LocalServerPort
	int port;

	@BeforeEach
	void connect() throws IOException {
		this.relay = new Relay(this.port);
		this.direct = new RollClient(ServerAddress.parse("localhost:" + this.port), Map.of());
	}

	@AfterEach
	void disconnect() {
		this.relay.close();
	}

	/** Starts a teacher's command about the class. */
	CompletableFuture<Integer> begin(ScriptedTerminal terminal, String command, String... others) {
		Stream<String> line = Stream.of("teacher", command, this.classId, "--server", this.relay.url());
		return terminal.begin(Stream.concat(line, Stream.of(others)).toArray(String[]::new));
	}

	CurrentRoll read() {
		return this.direct.read(this.id, 0).orElseThrow();
	}

	/** The ids of the students who count. */
	List<String> recorded() {
		return read().presences().stream().map(Presence::studentId).toList();
	}

	void end() {
		this.direct.end(this.id, read().rollId());
	}

}
