package rollcall.settings;

import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains settings that are no entry of a list, because its numbers have a gap or all
 * settings of the entry are empty. Spring Boot would print the values, and one may be a
 * password.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnusedEntry extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException failure) {
		String settings = failure.getUnboundProperties()
			.stream()
			.map(UnusedEntry::place)
			.collect(Collectors.joining(", "));
		return new FailureAnalysis("These settings are no entry of a list: " + settings,
				"Number the entries from 0 without a gap, and give each entry of rollcall.teachers a password-hash.",
				failure);
	}

	/** The name as it was written, if it is known. */
	private static String place(ConfigurationProperty setting) {
		return (setting.getOrigin() != null) ? setting.getName() + " (" + setting.getOrigin() + ")"
				: setting.getName().toString();
	}

}
