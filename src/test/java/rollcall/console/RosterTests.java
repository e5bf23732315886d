package rollcall.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import rollcall.console.Roster.Source;
import rollcall.console.Roster.Student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Rosters as programs export them, each with the result that this console and the
 * dashboard give.
 */
class RosterTests {

	private static final Path SAMPLES = Path.of("src/test/resources/rosters");

	@TempDir
	private Path folder;

	static List<Path> samples() throws IOException {
		try (Stream<Path> files = Files.list(SAMPLES)) {
			return files.filter((file) -> !file.toString().endsWith(".json")).sorted().toList();
		}
	}

	@ParameterizedTest
	@MethodSource("samples")
	void everySampleIsReadAsExpected(Path file) throws IOException {
		JsonNode expected = new JsonMapper().readTree(Files.readString(Path.of(file + ".json")));
		if (expected.has("refused")) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> Roster.read(file))
				.withMessage("roster." + expected.path("refused").asString())
				.extracting((failure) -> failure.message(english()), InstanceOfAssertFactories.STRING)
				.contains(file.toString(), expected.path("cell").asString());
			return;
		}
		Roster roster = Roster.read(file);
		Source source = roster.source();
		assertThat(source.encoding().name()).isEqualToIgnoringCase(expected.path("encoding").asString());
		assertThat(source.separator()).isEqualTo(expected.path("separator").asString());
		assertThat(source.idColumn()).isEqualTo(expected.path("idColumn").asInt());
		assertThat(source.withoutId()).isEqualTo(expected.path("withoutId").asInt());
		assertThat(source.repeated()).isEqualTo(expected.path("repeated").asInt());
		assertThat(roster.students())
			.containsExactlyElementsOf(expected.path("students").valueStream().map(RosterTests::student).toList());
	}

	private static Student student(JsonNode json) {
		return new Student(json.path("id").asString(), json.path("name").asString(), json.path("surname").asString());
	}

	@Test
	void idsMatchAsExpected() throws IOException {
		JsonNode expected = new JsonMapper()
			.readTree(Files.readString(Path.of("src/test/resources/roster-matches.json")));
		Roster roster = read(
				expected.path("roster").valueStream().map(JsonNode::asString).collect(Collectors.joining("\n")));
		expected.path("matches")
			.properties()
			.forEach((match) -> assertThat(roster.match(match.getKey()).map(Student::id)).as(match.getKey())
				.isEqualTo(match.getValue().isNull() ? Optional.empty() : Optional.of(match.getValue().asString())));
	}

	@Test
	void aFileThatIsTooLargeOrTooLongIsRefused() throws IOException {
		assertThat(refusal("1".repeat(2_000_001))).isEqualTo("roster.tooLarge");
		assertThat(
				refusal(IntStream.rangeClosed(0, 10_000).mapToObj(String::valueOf).collect(Collectors.joining("\n"))))
			.isEqualTo("roster.tooMany");
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> Roster.read(this.folder.resolve("missing.csv")))
			.withMessage("roster.unreadable");
	}

	private String refusal(String text) {
		return catchThrowableOfType(Failure.class, () -> read(text)).getMessage();
	}

	private Roster read(String text) throws IOException {
		return Roster.read(Files.writeString(this.folder.resolve("roster.csv"), text, StandardCharsets.UTF_8));
	}

	private static Texts english() {
		return new Texts(Locale.ENGLISH, Locale.ENGLISH, ZoneOffset.UTC);
	}

}
