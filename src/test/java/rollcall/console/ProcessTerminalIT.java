package rollcall.console;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import rollcall.Http;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The console as a process, with the standard output that the system gives it. */
@ServerTest
class ProcessTerminalIT {

	@LocalServerPort
	private int port;

	/** On /dev/full each write fails as on a full disk. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aListThatTheStandardOutputDoesNotTakeHasItsOwnExitCode() throws Exception {
		Http http = new Http(this.port);
		long classId = Http.newClassId();
		String rollId = http.start(classId).member("rollId");
		http.present(classId, "042191010");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "rollcall.Main",
				"teacher", "end", String.valueOf(classId), "--lang", "en", "--server", "http://localhost:" + this.port)
			.redirectOutput(new File("/dev/full"))
			.start();
		String messages = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(messages).isEqualTo(5);
		assertThat(messages).contains("teacher sheet " + rollId);
	}

}
