package rollcall.settings;

import java.nio.charset.CharacterCodingException;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a file of settings that is not valid YAML. The parser's own message is a stack
 * trace with lines of the file, which may contain a password.
 */
class InvalidYaml extends AbstractFailureAnalyzer<YAMLException> {

	private static final String FILE = "A file of settings, such as application.yaml, is not ";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, YAMLException failure) {
		if (failure instanceof MarkedYAMLException marked) {
			return new FailureAnalysis(
					FILE + "valid YAML" + place(marked.getProblemMark()) + ": " + marked.getProblem(),
					"Correct this line or the line before it. YAML needs spaces and no tabs before a name, a space after "
							+ "each colon, and different names beside each other.",
					failure);
		}
		if (failure instanceof ReaderException || failure.getCause() instanceof CharacterCodingException) {
			return new FailureAnalysis(FILE + "text in UTF-8, or has a control character",
					"Save the file as UTF-8 in your editor, and remove characters that the editor does not show.",
					failure);
		}
		return null;
	}

	private static String place(@Nullable Mark mark) {
		return (mark != null) ? " in line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1) : "";
	}

}
