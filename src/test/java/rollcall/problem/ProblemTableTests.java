package rollcall.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** src/docs/api.md lists every problem type with its status. */
class ProblemTableTests {

	private static final Pattern ROW = Pattern.compile("\\| (`[a-z`, -]+`) \\| ([0-9]{3}) \\|.*");

	@Test
	void tableNamesEveryTypeOnceWithItsStatus() throws IOException {
		List<String> documented = new ArrayList<>();
		for (String line : Files.readAllLines(Path.of("src", "docs", "api.md"))) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				for (String code : row.group(1).replace("`", "").split(", ")) {
					documented.add(row.group(2) + " " + code);
				}
			}
		}
		assertThat(documented).containsExactlyInAnyOrderElementsOf(
				Stream.of(ProblemType.values()).map((type) -> type.status().value() + " " + type.code()).toList());
	}

}
