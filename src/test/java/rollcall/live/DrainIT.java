package rollcall.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.Http;
import rollcall.RollCallApplication;
import rollcall.StompSocket;
import rollcall.TestDataFolder;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that stops: it reports that it is not ready, still answers requests for a while,
 * and then closes its connections and sockets.
 */
class DrainIT {

	@Test
	void drainingNodeIsNotReadyAndStillAnswers() throws IOException {
		ConfigurableApplicationContext node = start("8s");
		Http http = new Http(port(node));
		String topic = http.start(1).member("topic");
		try (StompSocket dashboard = StompSocket.connect(http.port());
				Socket kept = new Socket("localhost", http.port())) {
			dashboard.subscribe(topic);
			assertThat(ask(kept)).startsWith("HTTP/1.1 200").doesNotContain("Connection: close");
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(node::close);
			Await.until("readiness is 503", () -> http.get("/actuator/health/readiness").status() == 503);
			assertThat(http.present(1, "042191010").member("classId")).isEqualTo("1");
			assertThat(dashboard.next()).startsWith("MESSAGE").contains("042191010");
			String answer = ask(kept);
			while (!answer.contains("Connection: close")) {
				assertThat(answer).startsWith("HTTP/1.1 200");
				answer = ask(kept);
			}
			assertThat(kept.getInputStream().read()).as("the end of the connection").isEqualTo(-1);
			assertThat(dashboard.closeCode()).isEqualTo(1012);
			stopped.join();
		}
		finally {
			node.close();
		}
	}

	@Test
	void nodeWithoutDrainStopsAtOnce() {
		ConfigurableApplicationContext node = start("0s");
		try (StompSocket dashboard = StompSocket.connect(port(node))) {
			node.close();
			assertThat(dashboard.closeCode()).isEqualTo(1012);
		}
	}

	private static ConfigurableApplicationContext start(String drain) {
		return new SpringApplicationBuilder(RollCallApplication.class).initializers(new TestDataFolder())
			.run("--server.port=0", "--rollcall.drain=" + drain);
	}

	private static int port(ConfigurableApplicationContext node) {
		return ((WebServerApplicationContext) node).getWebServer().getPort();
	}

	/** Sends a request on an open connection and returns the head of its response. */
	private static String ask(Socket connection) throws IOException {
		connection.getOutputStream()
			.write("HEAD /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n"
				.getBytes(StandardCharsets.ISO_8859_1));
		InputStream answer = connection.getInputStream();
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = answer.read();
			assertThat(next).as("the connection is open").isNotNegative();
			head.append((char) next);
		}
		return head.toString();
	}

}
