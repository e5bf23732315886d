package rollcall.console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollcall.console.EndQuestion.Meaning;

import static org.assertj.core.api.Assertions.assertThat;

/** What a typed line means, with and without the question. */
class EndQuestionTests {

	private final EndQuestion question = new EndQuestion(ScriptedTerminal.pipes().context());

	@ParameterizedTest
	@CsvSource({ "'', ASK, NOTHING", "yes, ASK, END", "Y, STUDENT, END", "leave, ASK, LEAVE", "l, STUDENT, LEAVE",
			"no, STUDENT, NOTHING", "?, HELP, HELP", "042, STUDENT, STUDENT", "late 042, STUDENT, STUDENT" })
	void aLineAnswersOnlyAQuestionThatIsAsked(String line, Meaning alone, Meaning asAnswer) {
		assertThat(this.question.read(line)).isEqualTo(alone);
		this.question.ask();
		assertThat(this.question.read(line)).isEqualTo(asAnswer);
		assertThat(this.question.isAsked()).isFalse();
	}

	@Test
	void theEmptyLineOfAScannerAsksNothing() {
		this.question.read("042191010");
		assertThat(this.question.read("")).isEqualTo(Meaning.NOTHING);
	}

}
