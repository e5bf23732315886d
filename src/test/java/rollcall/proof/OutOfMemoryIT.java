package rollcall.proof;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that runs out of heap ends and says why, with the JVM's own option and without
 * it, and keeps all acknowledged presences.
 */
@Tag("jvm")
class OutOfMemoryIT {

	private static final int STUDENTS = 9_000;

	private static final int WRITERS = 8;

	private static final int READERS = 200;

	@TempDir
	Path folder;

	@ParameterizedTest
	@Execution(ExecutionMode.CONCURRENT)
	@ValueSource(strings = { "-XX:+ExitOnOutOfMemoryError", "-XX:-ExitOnOutOfMemoryError" })
	void theProcessEndsWhenMemoryRunsOut(String flag) throws Exception {
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).jvm("-Xmx64m", flag).start()) {
			fill(server.base());
			List<Socket> readers = new ArrayList<>();
			try {
				for (int i = 0; i < READERS; i++) {
					readers.add(read(server.base()));
				}
			}
			catch (IOException ex) {
				// The server has ended already.
			}
			assertThat(server.awaitExit()).isEqualTo(3);
			Await.until("the server has said why it ended", () -> server.log().contains("OutOfMemoryError"));
			for (Socket reader : readers) {
				reader.close();
			}
			server.restart();
			try (RollCallClient teacher = new RollCallClient(server.base(), new History())) {
				assertThat(teacher.open().get(1L)).isEqualTo(STUDENTS);
			}
		}
	}

	private static void fill(URI base) {
		try (RollCallClient teacher = new RollCallClient(base, new History())) {
			teacher.start(1);
		}
		IntStream.range(0, WRITERS).parallel().forEach((writer) -> {
			try (RollCallClient student = new RollCallClient(base, new History())) {
				for (int i = writer; i < STUDENTS; i += WRITERS) {
					student.present(1, "student-with-a-number-of-some-length-" + i);
				}
			}
		});
	}

	/** Requests the whole roll and never reads the response. */
	private static Socket read(URI base) throws IOException {
		Socket socket = new Socket(base.getHost(), base.getPort());
		socket.getOutputStream()
			.write(("GET /classes/1/roll HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

}
