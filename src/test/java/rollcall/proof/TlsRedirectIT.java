package rollcall.proof;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.FreePort;
import rollcall.Leash;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server block for port 80 in src/deploy/README.md: pages are redirected to TLS, the
 * API is refused.
 */
class TlsRedirectIT {

	private static final Pattern BLOCK = Pattern.compile("```nginx\\n(server \\{.*?)```", Pattern.DOTALL);

	private final int port = FreePort.next();

	@TempDir
	Path folder;

	@Test
	void pagesAreRedirectedAndTheApiIsRefused() throws Exception {
		NginxServer.require();
		Leash nginx = Leash.on("TERM", this.folder, this.folder.resolve("log"), Map.of(),
				List.of(NginxServer.command(), "-p", this.folder.toString(), "-c", configuration().toString(), "-e",
						"stderr", "-g", "daemon off; pid " + this.folder.resolve("pid") + ";"));
		try {
			Await.until("nginx accepts requests or has ended", () -> !nginx.isAlive() || status("GET", "/") != 0);
			for (String page : List.of("/", "/42", "/42/", "/42/BCDFGH", "/p/bcdfghjk", "/teacher", "/login")) {
				assertThat(status("GET", page)).as(page).isEqualTo(301);
				assertThat(ask("GET", page).headers()).containsEntry("location", "https://127.0.0.1" + page);
				assertThat(status("POST", page)).as("POST " + page).isEqualTo(403);
			}
			for (String path : List.of("/classes", "/classes/42/roll", "/classes/42/presence", "/ws", "/logout",
					"/teacher/address", "/actuator/health", "/v3/api-docs", "/p/")) {
				assertThat(status("GET", path)).as(path).isEqualTo(403);
				assertThat(ask("POST", path).headers()).doesNotContainKey("location")
					.containsEntry("content-type", "application/problem+json");
			}
		}
		finally {
			nginx.end();
		}
	}

	private Path configuration() throws Exception {
		Matcher block = BLOCK.matcher(Files.readString(Path.of("src", "deploy", "README.md")));
		assertThat(block.find()).isTrue();
		String server = block.group(1).replace("listen 80;", "listen 127.0.0.1:" + this.port + ";");
		String writing = List.of("client_body", "proxy", "fastcgi", "scgi", "uwsgi")
			.stream()
			.map((kind) -> kind + "_temp_path " + this.folder.resolve(kind) + ";\n")
			.reduce("", String::concat);
		return Files.writeString(this.folder.resolve("nginx.conf"),
				"events {}\nhttp {\naccess_log off;\n" + writing + server + "}\n");
	}

	private int status(String method, String path) {
		try (HttpConnection connection = new HttpConnection(base())) {
			return (connection.send(method, path, null) instanceof Outcome.Answered answered) ? answered.status() : 0;
		}
	}

	private Outcome.Answered ask(String method, String path) {
		try (HttpConnection connection = new HttpConnection(base())) {
			return (Outcome.Answered) connection.send(method, path, null);
		}
	}

	private URI base() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

}
