package rollcall.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.Needs;
import rollcall.RawConnection;
import rollcall.TestDataFolder;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send or read as slowly as possible, for six seconds from another network
 * namespace. Nine of ten presences must be answered in less than two seconds, or later on
 * a machine that is also slow without the attack.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Tag("jvm")
class SlowConnectionsIT {

	private static final int SECONDS = 6;

	private static final long SLOWEST_MS = 2_000;

	private static final String LOGIN = "Authorization: Basic "
			+ Base64.getEncoder().encodeToString("ana:secret".getBytes(StandardCharsets.UTF_8)) + "\r\n";

	private static final Pattern TOPIC = Pattern.compile("\"topic\":\"([^\"]+)\"");

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", TestDataFolder::next);
		settings.add("rollcall.max-students-per-roll", () -> 1_000_000);
		settings.add("rollcall.teachers[0].name", () -> "ana");
		settings.add("rollcall.teachers[0].password-hash", () -> new BCryptPasswordEncoder(4).encode("secret"));
	}

	@ParameterizedTest
	@EnumSource
	void presencesAreAnsweredDuringTheAttack(Attack attack) throws Exception {
		long classId = 100 + attack.ordinal();
		String topic = open(classId);
		long usual = usual(classId);
		try (Namespace elsewhere = Namespace.open(this.port).orElse(null)) {
			Needs.that(elsewhere != null, "a network namespace (run as root, with iproute2)");
			Process attacker = elsewhere.attack(attack.connections, SECONDS, attack.pauseMillis,
					attack.opening(elsewhere.serverAddress(), classId), attack.afterAnswer(topic));
			AtomicBoolean over = new AtomicBoolean();
			Thread crowd = new Thread(() -> fill(classId, over), "crowd");
			List<Long> times = new ArrayList<>();
			String report;
			try {
				assertThat(attacker.inputReader().readLine()).isEqualTo("ready");
				if (attack == Attack.STALLED_DASHBOARDS) {
					crowd.start();
				}
				while (attacker.isAlive()) {
					times.add(presence(classId, "s" + times.size()));
					Thread.sleep(100);
				}
				report = attacker.inputReader().readLine();
			}
			finally {
				attacker.destroy();
				over.set(true);
				crowd.join();
			}
			times.sort(null);
			System.out.printf("%s: %d presences answered, median %d ms, slowest %d ms; %s%n", attack, times.size(),
					times.get(times.size() / 2), times.get(times.size() - 1), report);
			assertThat(times).isNotEmpty();
			assertThat(times.get((times.size() - 1) * 9 / 10)).isLessThan(SLOWEST_MS + 20 * usual);
		}
	}

	@Test
	void bodyInPiecesIsRead() throws Exception {
		open(7);
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			wire.send("POST /classes/7/presence HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ "Content-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"studentId\":");
			Thread.sleep(200);
			wire.send("\"0421\"");
			Thread.sleep(200);
			wire.send(" }");
			assertThat(wire.read().body()).contains("\"studentId\":\"0421\"");
		}
	}

	/** The median time of a presence without an attack, in milliseconds. */
	private long usual(long classId) throws IOException {
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			times.add(presence(classId, "before" + i));
		}
		times.sort(null);
		return times.get(times.size() / 2);
	}

	/** Records presences, so that the stalled dashboards have events to read. */
	private void fill(long classId, AtomicBoolean over) {
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			for (int i = 0; !over.get(); i++) {
				wire.send(request(classId, "crowd" + i, ""));
				wire.read();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long presence(long classId, String studentId) throws IOException {
		long began = System.nanoTime();
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			wire.send(request(classId, studentId, "Connection: close\r\n"));
			RawConnection.Answer answer = wire.read();
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.body()).contains("\"classId\":" + classId + ",");
		}
		return (System.nanoTime() - began) / 1_000_000;
	}

	private static String request(long classId, String studentId, String headers) {
		String body = "{\"studentId\":\"" + studentId + "\"}";
		return "POST /classes/" + classId + "/presence HTTP/1.1\r\nHost: localhost\r\n" + headers
				+ "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
	}

	private String open(long classId) throws IOException {
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			wire.send("POST /classes/" + classId + "/roll HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + LOGIN
					+ "\r\n");
			Matcher topic = TOPIC.matcher(wire.read().body());
			assertThat(topic.find()).isTrue();
			return topic.group(1);
		}
	}

	/** The behaviour of the connections of an attacker. */
	enum Attack {

		SLOW_HEADERS(1_000, 3_000, "GET / HTTP/1.1\r\nHost: HOST\r\nX-Slow: x"),

		SLOW_BODIES(1_000, 1_000,
				"POST /classes/CLASS/presence HTTP/1.1\r\nHost: HOST\r\n"
						+ "Content-Type: application/json\r\nContent-Length: 8192\r\n\r\n{"),

		NEVER_READING(1_000, 1_000, "GET /assets/student.js HTTP/1.1\r\nHost: HOST\r\n\r\n".repeat(150)),

		STALLED_DASHBOARDS(200, 60_000,
				"GET /ws HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + LOGIN
						+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

		private final int connections;

		private final int pauseMillis;

		private final String opening;

		Attack(int connections, int pauseMillis, String opening) {
			this.connections = connections;
			this.pauseMillis = pauseMillis;
			this.opening = opening;
		}

		String opening(String host, long classId) {
			return this.opening.replace("HOST", host).replace("CLASS", String.valueOf(classId));
		}

		String afterAnswer(String topic) {
			return (this == STALLED_DASHBOARDS) ? RawConnection.stompText("CONNECT|accept-version:1.2|host:x||")
					+ RawConnection.stompText("SUBSCRIBE|id:0|destination:" + topic + "||") : "";
		}

	}

}
