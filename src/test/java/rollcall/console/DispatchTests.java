package rollcall.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Options stand before or after the command, and mistakes show how it is used. */
class DispatchTests {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	/** Port 1 refuses every connection: the command was understood and has tried. */
	@ParameterizedTest
	@ValueSource(strings = { "--server=localhost:1 student 42 1", "--server localhost:1 student 42 1",
			"student --server localhost:1 42 1", "student 42 1 --server=localhost:1",
			"--lang=en --server localhost:1 teacher start 42", "teacher --server localhost:1 start 42",
			"teacher --lang en start 42 --server localhost:1" })
	void optionsMayStandBeforeTheCommand(String line) {
		assertThat(run(line)).isEqualTo(ExitCode.UNREACHABLE.value());
		assertThat(this.err.toString()).contains("http://localhost:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "-h", "--lang=en --help", "serve --help", "hash-password --help",
			"student --help", "teacher end -h", "--server x student --help", "--server.port=0 --help" })
	void helpIsPrinted(String line) {
		assertThat(run(line)).isZero();
		assertThat(this.out.toString()).startsWith("Usage: java -jar rollcall.jar").contains("--lang");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-v", "-V", "--version", "student -v", "--lang=pt --version", "serve --version" })
	void versionIsPrinted(String line) {
		assertThat(run(line)).isZero();
		assertThat(this.out.toString()).startsWith("rollcall ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sreve", "--server.port=0 student 42 1", "--port=80", "serve 80", "serve --port=80",
			"--lang=en", "teacher", "-Dserver.port=80", "--server.port=0 --lang=en", "--server http://a serve" })
	void mistakeIsTwo(String line) {
		assertThat(run(line)).isEqualTo(ExitCode.USAGE.value());
		assertThat(this.err.toString()).contains("java -jar rollcall.jar");
		assertThat(this.out.toString()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "--lang=pt --help", "--help --lang es" })
	void helpNamesEveryCommandAndWhereOptionsStand(String line) {
		run(line);
		assertThat(this.out.toString()).contains("serve", "teacher", "student", "hash-password", "--server");
		run("serve --help");
		assertThat(this.out.toString()).doesNotContain("--user");
	}

	private int run(String line) {
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		return Console.execute(new PlainTerminal(new PrintWriter(this.out), new PrintWriter(this.err)),
				Map.of("LANG", "C")::get, line.split(" "));
	}

}
