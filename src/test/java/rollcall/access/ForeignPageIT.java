package rollcall.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import rollcall.Needs;
import rollcall.RawConnection;
import rollcall.TestDataFolder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hostile page in the browser of a teacher at the server's machine. A real Chromium
 * sends its requests, first from another origin, then under a DNS name that now points at
 * this machine.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignPageIT {

	private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

	private static final String ATTACK = """
			async (target) => {
			  const read = [];
			  const attempt = async (what, options) => {
			    try {
			      const answer = await fetch(target + what, options);
			      if (answer.type !== 'opaque') {
			        read.push(what + ' ' + answer.status + ' ' + await answer.text());
			      }
			    } catch (refused) {
			      // expected
			    }
			  };
			  for (const mode of ['cors', 'no-cors']) {
			    for (const credentials of ['include', 'omit']) {
			      await attempt('/classes/1/roll', { method: 'POST', mode, credentials });
			      await attempt('/classes/2/roll', { method: 'POST', mode, credentials });
			      await attempt('/classes/2/roll', { mode, credentials });
			      await attempt('/classes', { mode, credentials });
			      await attempt('/v3/api-docs', { mode, credentials });
			      await attempt('/classes/2/presence', { method: 'POST', mode, credentials,
			        body: '{"studentId":"forged"}', headers: { 'Content-Type': 'text/plain' } });
			      await attempt('/classes/2/presence', { method: 'POST', mode: 'cors', credentials,
			        body: '{"studentId":"forged"}', headers: { 'Content-Type': 'application/json' } });
			    }
			  }
			  await attempt('/classes/2/roll', { method: 'DELETE', mode: 'cors' });
			  navigator.sendBeacon(target + '/classes/1/roll', '');
			  for (const [path, fields] of [['/classes/1/roll', {}], ['/classes/2/presence', { studentId: 'forged' }],
			      ['/', { class: '2', studentId: 'forged' }]]) {
			    const frame = document.createElement('iframe');
			    frame.name = 'f' + path;
			    document.body.append(frame);
			    const form = document.createElement('form');
			    form.method = 'post';
			    form.action = target + path;
			    form.target = frame.name;
			    for (const [name, value] of Object.entries(fields)) {
			      const field = document.createElement('input');
			      field.name = name;
			      field.value = value;
			      form.append(field);
			    }
			    document.body.append(form);
			    form.submit();
			    await new Promise((done) => { frame.onload = done; setTimeout(done, 3000); });
			  }
			  for (const path of ['/classes/1/roll', '/classes', '/classes/2/roll']) {
			    const image = new Image();
			    const over = new Promise((done) => { image.onload = () => { read.push('image ' + path); done(); };
			      image.onerror = done; });
			    image.src = target + path;
			    await over;
			    const script = document.createElement('script');
			    const ran = new Promise((done) => { script.onload = () => { read.push('script ' + path); done(); };
			      script.onerror = done; });
			    script.src = target + path;
			    document.body.append(script);
			    await ran;
			  }
			  await new Promise((done) => {
			    const socket = new WebSocket(target.replace('http', 'ws') + '/ws');
			    socket.onopen = () => { read.push('socket'); socket.close(); done(); };
			    socket.onerror = done;
			  });
			  return read;
			}""";

	@LocalServerPort
	int port;

	private HttpServer foreign;

	private Playwright playwright;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", TestDataFolder::next);
	}

	@BeforeAll
	void start() throws IOException {
		Needs.that(Files.isExecutable(CHROMIUM), CHROMIUM + " (Debian: apt-get install chromium)");
		this.foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.foreign.createContext("/", (exchange) -> {
			byte[] page = "<!DOCTYPE html><title>evil</title><body>".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
			exchange.close();
		});
		this.foreign.start();
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		assertThat(ask("POST", "/classes/2/roll").status()).isEqualTo(201);
	}

	@AfterAll
	void stop() {
		if (this.foreign != null) {
			this.foreign.stop(0);
		}
		if (this.playwright != null) {
			this.playwright.close();
		}
	}

	@Test
	void pageOfAnotherOriginReadsNothingAndChangesNothing() throws IOException {
		try (Browser browser = launch("MAP evil.example 127.0.0.1")) {
			Page page = browser.newPage();
			page.navigate("http://evil.example:" + this.foreign.getAddress().getPort() + "/");
			assertThat(attack(page, "http://localhost:" + this.port)).isEmpty();
			assertThat(attack(page, "http://127.0.0.1:" + this.port)).isEmpty();
		}
		expectNothingChanged();
	}

	@Test
	void pageOfAnotherPortOfThisMachineReadsNothingAndChangesNothing() throws IOException {
		try (Browser browser = launch("MAP evil.example 127.0.0.1")) {
			Page page = browser.newPage();
			page.navigate("http://localhost:" + this.foreign.getAddress().getPort() + "/");
			assertThat(attack(page, "http://localhost:" + this.port)).isEmpty();
		}
		expectNothingChanged();
	}

	/**
	 * For the browser the rebound page has the server's own origin. Only its name
	 * differs.
	 */
	@Test
	void reboundNameGetsOnlyRefusals() throws IOException {
		try (Browser browser = launch("MAP rebound.example 127.0.0.1")) {
			// The refusal is a page of that origin. The test removes its policy, because
			// an attacker's page would have none.
			Page page = browser.newPage(new Browser.NewPageOptions().setBypassCSP(true));
			page.navigate("http://rebound.example:" + this.port + "/");
			List<String> answers = attack(page, "http://rebound.example:" + this.port);
			assertThat(answers).isNotEmpty().allMatch((answer) -> answer.contains(" 403 "));
			assertThat(answers).allMatch((answer) -> answer.contains("urn:rollcall:unknown-host"));
		}
		expectNothingChanged();
	}

	/**
	 * The same requests from the server's own page succeed, so the origin is the reason
	 * of the refusals.
	 */
	@Test
	void ownPageSucceeds() throws IOException {
		try (Browser browser = launch("MAP evil.example 127.0.0.1")) {
			Page page = browser.newPage();
			page.navigate("http://localhost:" + this.port + "/swagger-ui/index.html");
			Object status = page.evaluate("async () => (await fetch('/classes/9/roll', { method: 'POST' })).status");
			assertThat(status).isEqualTo(201);
		}
		assertThat(ask("DELETE", "/classes/9/roll").status()).isEqualTo(200);
	}

	@SuppressWarnings("unchecked")
	private static List<String> attack(Page page, String target) {
		return (List<String>) page.evaluate(ATTACK, target);
	}

	private void expectNothingChanged() throws IOException {
		String rolls = ask("GET", "/classes").body();
		assertThat(rolls).contains("\"classId\":2,").doesNotContain("\"classId\":1,").contains("\"present\":0");
	}

	private Browser launch(String rules) {
		return this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM)
				.setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
						"--disable-background-networking", "--disable-component-update", "--disable-sync",
						"--host-resolver-rules=" + rules)));
	}

	private RawConnection.Answer ask(String method, String path) throws IOException {
		try (RawConnection wire = RawConnection.to("127.0.0.1", this.port)) {
			wire.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			return wire.read();
		}
	}

}
