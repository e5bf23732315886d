package rollcall.console;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.console.Failure.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;

/** Options before and after the command, help, and wrong command lines. */
class DispatchTests {

	private ScriptedTerminal terminal = ScriptedTerminal.pipes();

	/** Port 1 refuses connections, so the exit code shows that the command was run. */
	@ParameterizedTest
	@ValueSource(strings = { "--server=localhost:1 student 42 1", "--server localhost:1 student 42 1",
			"student --server localhost:1 42 1", "student 42 1 --server=localhost:1",
			"--lang=en --server localhost:1 teacher start 42", "teacher --server localhost:1 start 42",
			"teacher --lang en start 42 --server localhost:1", "--token=a --server localhost:1 student 42 1" })
	void optionsMayStandBeforeTheCommand(String line) {
		assertThat(run(line)).isEqualTo(ExitCode.UNREACHABLE.value());
		assertThat(warned()).contains("http://localhost:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "-h", "--lang=en --help", "serve --help", "hash-password --help",
			"student --help", "teacher end -h", "--server x student --help", "--server.port=0 --help" })
	void helpIsPrinted(String line) {
		assertThat(run(line)).isZero();
		assertThat(printed()).startsWith("Usage: java -jar rollcall.jar").contains("--lang");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-v", "-V", "--version", "student -v", "--lang=pt --version", "serve --version" })
	void versionIsPrinted(String line) {
		assertThat(run(line)).isZero();
		assertThat(printed()).startsWith("rollcall ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sreve", "--server.port=0 student 42 1", "--port=80", "serve 80", "serve --port=80",
			"--lang=en", "teacher", "-Dserver.port=80", "--server.port=0 --lang=en", "--server http://a serve" })
	void wrongUsageHasExitCodeTwo(String line) {
		assertThat(run(line)).isEqualTo(ExitCode.USAGE.value());
		assertThat(warned()).contains("java -jar rollcall.jar");
		assertThat(printed()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "--server.port=9000 student 42 1, '--server.port=9000: a setting of the server'",
			"student 42 1 --rollcall.data-dir=x, '--rollcall.data-dir=x: a setting of the server'",
			"studnet 42 1, Did you mean student?", "teacher cal 42, Did you mean call?",
			"teacher end 42 --cvs=x, Not understood: --cvs=x", "--token a --user b teacher start 42, not both",
			"--token a teacher start 42 --server http://192.0.2.1, is not sent to http://192.0.2.1",
			"--token-file no-such-file teacher start 42, no-such-file cannot be read",
			"teacher scan 42 --give-up-after soon, soon is not a number of seconds" })
	void aMistakeIsNamed(String line, String message) {
		assertThat(run(line)).isEqualTo(ExitCode.USAGE.value());
		assertThat(warned()).contains(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "--lang=pt --help", "--help --lang es" })
	void helpNamesEveryCommandAndItsOptions(String line) {
		run(line);
		assertThat(printed()).contains("serve", "teacher", "student", "hash-password", "--server");
		run("serve --help");
		assertThat(printed()).doesNotContain("--user");
	}

	private String printed() {
		return this.terminal.printed().toString();
	}

	private String warned() {
		return this.terminal.warned().toString();
	}

	private int run(String line) {
		this.terminal = ScriptedTerminal.pipes();
		return this.terminal.run(line.split(" "));
	}

}
