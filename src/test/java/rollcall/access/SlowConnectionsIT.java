package rollcall.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand connections that send, or read, as slowly as they dare, for 30 seconds:
 * presences go on being answered. slowhttptest is Debian's; the counts are printed.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SlowConnectionsIT {

	private static final Path TOOL = Path.of("/usr/bin/slowhttptest");

	private static final int CONNECTIONS = 1_000;

	private static final int SECONDS = 30;

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", AccessMatrix::newDataDirectory);
	}

	/** Slow headers, slow bodies of a presence, slow readers of the health. */
	@ParameterizedTest
	@ValueSource(strings = { "-H", "-B", "-X" })
	void presencesGoOnBeingAnswered(String kind) throws IOException, InterruptedException {
		if (!Files.isExecutable(TOOL)) {
			Namespace.missing("there is no " + TOOL);
		}
		long classId = 100 + kind.charAt(1);
		ask("POST /classes/" + classId + "/roll HTTP/1.1\r\n", "");
		Path said = Files.createTempFile("slow", ".txt");
		Process attack = start(kind, classId, said);
		int answered = 0;
		try {
			while (attack.isAlive()) {
				String body = "{\"studentId\":\"s" + answered + "\"}";
				Wire.Answer answer = ask("POST /classes/" + classId
						+ "/presence HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
						+ "\r\n", body);
				assertThat(answer.status()).isEqualTo(200);
				assertThat(answer.body()).contains("\"classId\":" + classId + ",");
				answered++;
				// One student after the other, about ten a second: the attack is what
				// loads.
				Thread.sleep(100);
			}
		}
		finally {
			attack.destroy();
		}
		String report = Files.readString(said);
		System.out.println("slowhttptest " + kind + ", " + CONNECTIONS + " connections for " + SECONDS + " s: "
				+ answered + " presences answered; "
				+ report.replaceAll("\\x1B\\[[0-9;]*[A-Za-z]", "")
					.replaceAll("(?s).*(slow HTTP test status.*)", "$1")
					.replaceAll("\\s+", " "));
		assertThat(answered).isPositive();
	}

	@Test
	void bodyThatComesInPiecesIsRead() throws Exception {
		ask("POST /classes/7/roll HTTP/1.1\r\n", "");
		try (Wire wire = Wire.to("127.0.0.1", this.port)) {
			wire.send("POST /classes/7/presence HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ "Content-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"studentId\":");
			Thread.sleep(200);
			wire.send("\"0421\"");
			Thread.sleep(200);
			wire.send(" }");
			assertThat(wire.read().body()).contains("\"studentId\":\"0421\"");
		}
	}

	private Process start(String kind, long classId, Path said) throws IOException {
		List<String> command = new ArrayList<>(List.of(TOOL.toString(), kind, "-c", String.valueOf(CONNECTIONS), "-r",
				"200", "-l", String.valueOf(SECONDS), "-i", "3", "-p", "3"));
		if (kind.equals("-B")) {
			command.addAll(List.of("-t", "POST", "-s", "8192", "-x", "10", "-f", "application/json", "-u",
					"http://127.0.0.1:" + this.port + "/classes/" + classId + "/presence"));
		}
		else {
			command.addAll(List.of("-u", "http://127.0.0.1:" + this.port + "/actuator/health"));
		}
		if (kind.equals("-X")) {
			command.addAll(List.of("-k", "3", "-n", "5", "-w", "16", "-y", "64", "-z", "8"));
		}
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
	}

	private Wire.Answer ask(String head, String body) throws IOException {
		try (Wire wire = Wire.to("127.0.0.1", this.port)) {
			wire.send(head + "Host: localhost\r\nConnection: close\r\n\r\n" + body);
			return wire.read();
		}
	}

}
