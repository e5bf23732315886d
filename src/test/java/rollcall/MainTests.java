package rollcall;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command lines that start a server, and those that must not.
 */
class MainTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "serve", "--server.port=0", "serve --server.port=0", "--server.port=0 serve",
			"--rollcall.data-dir=a=b", "--debug", "--server.ssl.enabled", "--rollcall.teachers[0].name=ana" })
	void settingsAloneStartTheServer(String line) {
		assertThat(Main.isForServer(words(line))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--lang=en student 42 1", "--lang en student 42 1", "--server http://a.b student 42 1",
			"--server=http://a.b student 42 1", "-v", "-h", "--help", "--version", "-V", "serve --help", "serve -v",
			"--server.port=0 --help", "--server.port=0 student 42 1", "sreve", "serve x", "serve serve", "--port=80",
			"--lang=pt", "--server.port 80", "-Dserver.port=80", "--rollcall", "--", "hash-password", "teacher",
			"--server=localhost:8080", "--.", "--server." })
	void commandLineDoesNotStartTheServer(String line) {
		assertThat(Main.isForServer(words(line))).isFalse();
	}

	private static String[] words(String line) {
		return line.isEmpty() ? new String[0] : line.split(" ");
	}

}
