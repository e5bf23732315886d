package rollcall.console;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The consoles at a full roll. */
@RunningServer
@TestPropertySource(properties = "rollcall.max-students-per-roll=1")
class FullRollTests {

	@LocalServerPort
	private int port;

	@Test
	void aStudentIsRefusedWhenTheRollIsFull() {
		String server = "--server=http://localhost:" + this.port;
		assertThat(ScriptedTerminal.pipes().run("teacher", "start", "42", server)).isZero();
		assertThat(ScriptedTerminal.pipes().run("student", "42", "a", server)).isZero();
		ScriptedTerminal terminal = ScriptedTerminal.pipes();
		assertThat(terminal.run("student", "42", "b", server)).isEqualTo(1);
		assertThat(terminal.printed().toString()).startsWith("REFUSED")
			.containsPattern("Class: +0\\R")
			.contains("The list of class 42 is full.");
	}

	@Test
	void aRehearsalSaysThatTheRollIsFull() {
		ScriptedTerminal terminal = ScriptedTerminal.pipes();
		assertThat(terminal.run("teacher", "rehearse", "43", "--students", "3", "--over", "1s",
				"--server=http://localhost:" + this.port))
			.isEqualTo(1);
		assertThat(terminal.printed().toString()).contains("Recorded: 1 of 3\n", "The list of class 43 is full.")
			.endsWith("3 students in 1 s: 2 were not recorded. This server cannot take this class.\n");
	}

}
