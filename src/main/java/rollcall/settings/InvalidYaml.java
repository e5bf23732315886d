package rollcall.settings;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains a file of settings that is not valid YAML. The parser's own message is a stack
 * trace with lines of the file, which may contain a password.
 */
class InvalidYaml extends AbstractFailureAnalyzer<MarkedYAMLException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MarkedYAMLException failure) {
		return new FailureAnalysis(
				"A file of settings, such as application.yaml, is not valid YAML" + place(failure.getProblemMark())
						+ ": " + failure.getProblem(),
				"Correct this line or the line before it. YAML needs spaces and no tabs before a name, a space after "
						+ "each colon, and different names beside each other.",
				failure);
	}

	private static String place(@Nullable Mark mark) {
		return (mark != null) ? " in line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1) : "";
	}

}
