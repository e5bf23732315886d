package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stylesheets of the dashboard, which all of its views have together.
 */
class StylesheetsTests {

	/** A rule of a class alone, outside {@code @media}. */
	private static final Pattern RULE = Pattern.compile("^\\.([\\w-]+) \\{", Pattern.MULTILINE);

	/** Otherwise one part of the page gets the rules of another one. */
	@Test
	void aClassMeansTheSameInAllStylesheets() throws IOException {
		Map<String, Set<String>> files = new TreeMap<>();
		for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:static/teacher/*.css")) {
			RULE.matcher(file.getContentAsString(StandardCharsets.UTF_8))
				.results()
				.forEach((rule) -> files.computeIfAbsent(rule.group(1), (name) -> new TreeSet<>())
					.add(String.valueOf(file.getFilename())));
		}
		assertThat(files).containsEntry("students", Set.of("sheet.css"));
		assertThat(files.values().stream().filter((names) -> names.size() > 1)).isEmpty();
	}

}
