package rollcall.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the student's console says when the roll is full. */
@RunningServer
@TestPropertySource(properties = "rollcall.max-students-per-roll=1")
class FullRollTests {

	private final StringWriter out = new StringWriter();

	@LocalServerPort
	private int port;

	@Test
	void studentBeyondTheBoundIsTold() {
		assertThat(run("teacher", "start", "42")).isZero();
		assertThat(run("student", "42", "a")).isZero();
		assertThat(run("student", "42", "b")).isEqualTo(1);
		assertThat(this.out.toString()).startsWith("REFUSED")
			.containsPattern("Class: +0\\R")
			.contains("The list of class 42 is full.");
	}

	private int run(String command, String... arguments) {
		this.out.getBuffer().setLength(0);
		String[] words = new String[arguments.length + 3];
		words[0] = command;
		System.arraycopy(arguments, 0, words, 1, arguments.length);
		words[words.length - 2] = "--server";
		words[words.length - 1] = "http://localhost:" + this.port;
		return Console.execute(new PlainTerminal(new PrintWriter(this.out), new PrintWriter(new StringWriter())),
				Map.of("LANG", "C")::get, words);
	}

}
