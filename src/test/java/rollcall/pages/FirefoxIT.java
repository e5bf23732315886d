package rollcall.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.Http;
import rollcall.Needs;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The main story of the pages in the system's Firefox. Chromium runs all other tests of
 * the pages.
 */
@ServerTest
class FirefoxIT {

	private static final Path FIREFOX = Path.of("/usr/bin/firefox-esr");

	private static final String NODE_MODULES = System.getenv().getOrDefault("NODE_PATH", "");

	@LocalServerPort
	int port;

	@Test
	void teacherAndStudentFromStartToEnd(@TempDir Path folder) throws IOException, InterruptedException {
		Needs.that(Files.isExecutable(FIREFOX), FIREFOX + " (Debian: apt-get install firefox-esr)");
		Needs.that(Needs.runs("node", "--version") && Files.isDirectory(Path.of(NODE_MODULES, "puppeteer-core")),
				"puppeteer-core: NODE_PATH names a node_modules folder with puppeteer-core");
		Path printed = folder.resolve("printed");
		ProcessBuilder command = new ProcessBuilder("node", "src/test/clients/firefox-story.mjs",
				"http://localhost:" + this.port, String.valueOf(Http.newClassId()))
			.redirectErrorStream(true)
			.redirectOutput(printed.toFile());
		// Firefox writes its profile and its caches here.
		command.environment().put("TMPDIR", folder.toString());
		command.environment().put("HOME", folder.toString());
		Process story = command.start();
		try {
			assertThat(story.waitFor(3 * Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("the story ended").isTrue();
		}
		finally {
			story.descendants().forEach(ProcessHandle::destroyForcibly);
			story.destroyForcibly();
		}
		assertThat(printed).hasContent(String.join("\n", "live", "recorded", "counted", "listed",
				"receipt after a reload", "sheet", "refused", "deadline", "recorded with a code"));
		assertThat(story.exitValue()).isZero();
	}

}
