package rollcall.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import rollcall.Http;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The console as a process, with the input and the output that the system gives it. */
@ServerTest
@EnabledOnOs(OS.LINUX)
class ProcessTerminalIT {

	private final long classId = Http.newClassId();

	@LocalServerPort
	private int port;

	/** On /dev/full each write fails as on a full disk. */
	@Test
	void aListThatTheStandardOutputDoesNotTakeHasItsOwnExitCode() throws Exception {
		Http http = new Http(this.port);
		String rollId = http.start(this.classId).member("rollId");
		http.present(this.classId, "042191010");
		Process process = command("", "teacher", "end").redirectOutput(new File("/dev/full")).start();
		String messages = read(process.getErrorStream().readAllBytes());
		assertThat(process.waitFor()).as(messages).isEqualTo(5);
		assertThat(messages).contains("teacher sheet " + rollId);
	}

	/**
	 * The system gives the number of a closed input to the first file that Java opens.
	 */
	@Test
	void aClosedStandardInputIsEmpty() throws Exception {
		Http http = new Http(this.port);
		http.start(this.classId);
		assertThat(output(command("<&-", "teacher", "scan"), 0))
			.isEqualTo("Recorded: 0, already recorded: 0, not recorded: 0\n");
		assertThat(http.get("/classes/" + this.classId + "/roll").text()).contains("\"presences\":[]");
	}

	/** The JVM takes the country of the locale C for the USA. */
	@Test
	void theDatesOfTheLocaleCAreNotThoseOfTheUsa() throws Exception {
		ProcessBuilder student = command("", "student");
		student.command().add("042191010");
		student.environment().put("LC_ALL", "C");
		assertThat(output(student, 1)).containsPattern("Time: +\\d{4}-\\d\\d-\\d\\d ");
	}

	private static String output(ProcessBuilder command, int exitCode) throws IOException, InterruptedException {
		Process process = command.start();
		String printed = read(process.getInputStream().readAllBytes());
		assertThat(process.waitFor()).as(printed).isEqualTo(exitCode);
		return printed;
	}

	private static String read(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/** A command about the class, started by a shell with a redirection. */
	private ProcessBuilder command(String redirection, String... words) {
		List<String> line = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), "rollcall.Main",
				"--server", "http://localhost:" + this.port));
		line.addAll(List.of(words));
		line.add(String.valueOf(this.classId));
		ProcessBuilder command = new ProcessBuilder(line);
		command.environment().put("LC_ALL", "C.UTF-8");
		return command;
	}

}
