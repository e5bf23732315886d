package rollcall.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Checks names of settings and profiles from all sources that Spring Boot reads.
 */
@ExtendWith(OutputCaptureExtension.class)
class SettingsCheckTests {

	@ParameterizedTest
	@CsvSource({ "--rollcall.dataa-dir, rollcall.data-dir",
			"--rollcall.closed-sheet-retentoin, rollcall.closed-sheet-retention",
			"--rollcall.teachers[0].pasword-hash, rollcall.teachers[0].password-hash",
			"--rollcall.teachers.name, rollcall.teachers[0].name", "--rollcall.data-dir.x, rollcall.data-dir",
			"--rollcall.token.role-claim, rollcall.token.roles-claim", "--rollcall, rollcall.drain",
			"--rolcall.data-dir, rollcall.data-dir", "--server.prot, server.port",
			"--spring.profile.active, spring.profiles.active", "--sever.ssl.bundle, server.ssl.bundle" })
	void unknownOptionOfTheCommandLineStopsTheStart(String option, String nearest) {
		assertRefused(Map.of(), option.substring(2), "(on the command line)", nearest, option + "=s3cr3t");
	}

	@ParameterizedTest
	@CsvSource({ "ROLLCALL_DATADIRR, ROLLCALL_DATA_DIR", "ROLLCALL_DATA__DIR, ROLLCALL_DATA_DIR",
			"ROLLCALL_TEACHERS_PASSWORD_HASH, ROLLCALL_TEACHERS_0_PASSWORD_HASH",
			"ROLLCALL_TEACHERS_0_PASSWORD, ROLLCALL_TEACHERS_0_PASSWORD_HASH",
			"rollcall_teacher_requird, ROLLCALL_TEACHER_REQUIRED", "ROLLCALL_PORT, ROLLCALL_DRAIN" })
	void unknownVariableStopsTheStart(String variable, String nearest) {
		assertRefused(Map.of(variable, "s3cr3t"), variable, "(in the environment)", nearest);
	}

	@Test
	void unknownNameInAFileStopsTheStartWithItsLine(@TempDir Path folder) throws IOException {
		String here = "--spring.config.additional-location=file:" + folder + "/";
		Path yaml = Files.writeString(folder.resolve("application.yaml"), "rollcall:\n  drian: s3cr3t\n");
		assertRefused(Map.of(), "rollcall.drian", "application.yaml] - 2:10)", "rollcall.drain", here);
		Files.delete(yaml);
		Files.writeString(folder.resolve("application.properties"), "rollcall.allowedHost=s3cr3t\n");
		assertRefused(Map.of(), "rollcall.allowedHost", "application.properties] - 1:22)", "rollcall.allowed-hosts",
				here);
	}

	@ParameterizedTest
	@CsvSource({ "'\tdrain: s3cr3t\n', 'line 2, column 1'", "'  drain: 1s\n  drain: s3cr3t\n', 'line 3, column 3'",
			"'  drain: s3cr3t: x\n', 'line 2, column 16'", "'  data-dir: \"s3cr3t\n', 'line 3, column 1'" })
	void invalidYamlIsExplainedWithoutTheFilesText(String content, String place, @TempDir Path folder,
			CapturedOutput log) throws IOException {
		Files.writeString(folder.resolve("application.yaml"), "rollcall:\n" + content);
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> start(Map.of(), "--spring.config.additional-location=file:" + folder + "/"));
		assertThat(log.getAll()).contains("APPLICATION FAILED TO START", "is not valid YAML in " + place + ": ")
			.doesNotContain("s3cr3t", "\tat ");
	}

	/** An editor of Windows may write "ç" as one byte. */
	@ParameterizedTest
	@ValueSource(chars = { 'ç', '\u0007' })
	void aFileWithACharacterThatYamlDoesNotAllowIsExplained(char character, @TempDir Path folder, CapturedOutput log)
			throws IOException {
		Files.writeString(folder.resolve("application.yaml"), "rollcall:\n  data-dir: s3cr3t" + character + "\n",
				StandardCharsets.ISO_8859_1);
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> start(Map.of(), "--spring.config.additional-location=file:" + folder + "/"));
		assertThat(log.getAll())
			.contains("APPLICATION FAILED TO START", "is not text in UTF-8, or has a control character")
			.doesNotContain("s3cr3t", "\tat ");
	}

	@Test
	void unknownNameInJsonStopsTheStart() {
		assertRefused(Map.of("SPRING_APPLICATION_JSON", "{\"rollcall\":{\"data-dri\":\"s3cr3t\"}}"),
				"rollcall.data-dri", "(in SPRING_APPLICATION_JSON)", "rollcall.data-dir");
	}

	@Test
	void unknownSystemPropertyStopsTheStart() {
		System.setProperty("rollcall.data-dri", "s3cr3t");
		try {
			assertRefused(Map.of(), "rollcall.data-dri", "(as a system property (-D))", "rollcall.data-dir");
		}
		finally {
			System.clearProperty("rollcall.data-dri");
		}
	}

	@Test
	void unknownProfileStopsTheStartUnlessAFileDefinesIt(@TempDir Path folder) throws IOException {
		String here = "--spring.config.additional-location=file:" + folder + "/";
		assertRefused(Map.of(), "profile cluser", "(in spring.profiles.active)", "cluster", here,
				"--spring.profiles.active=cluser");
		Files.writeString(folder.resolve("application-cluser.yaml"), "rollcall.drain: 1s\n");
		start(Map.of(), here, "--spring.profiles.active=cluser").close();
		start(Map.of(), "--spring.profiles.active=school", "--spring.profiles.group.school=cluster").close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.servlet.context-path", "spring.mvc.servlet.path" })
	void prefixOfAllPathsStopsTheStart(String name) {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> start(Map.of(), "--" + name + "=/roll"))
			.withMessage(name + " is set, but rollcall works only at the root of a host");
		assertThatExceptionOfType(StartupFailure.class)
			.isThrownBy(() -> start(Map.of(name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", ""), "/roll")));
		start(Map.of(), "--" + name + "=").close();
	}

	@ParameterizedTest
	@CsvSource({ "rollcall.closed-sheet-retention, 15", "rollcall.abandoned-after, 24", "rollcall.drain, ' 5'",
			"rollcall.waiting-sheet-retention, 0070", "rollcall.drain, -1" })
	void durationWithoutAUnitStopsTheStart(String name, String value) {
		for (ThrowingCallable start : List.<ThrowingCallable>of(() -> start(Map.of(), "--" + name + "=" + value),
				() -> start(Map.of(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value)))) {
			assertThatExceptionOfType(StartupFailure.class).isThrownBy(start)
				.withMessage(name + " is a number without a unit");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "15m", "500ms", "PT15M", "" })
	void durationWithAUnitIsAccepted(String value) {
		assertThatCode(() -> start(Map.of(), "--rollcall.closed-sheet-retention=" + value).close())
			.doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--rollcall.data-dir=x", "--rollcall.dataDir=x", "--rollcall.data_dir=x",
			"--rollcall.allowed-hosts=a,b", "--rollcall.allowed-hosts[0]=a", "--rollcall.teachers[1].passwordHash=x",
			"--server.port=0", "--server.ssl.bundle=school", "--debug", "--logging.level.rollcall=warn",
			"--spring.ssl.bundle.pem.school.reload-on-update=true", "--spring.config.import[0]=optional:file:x.yaml",
			"--spring.main.banner-mode=off", "--spring.datasource.hikari.maximum-pool-size=2",
			"--management.endpoint.health.show-details=never", "--spring.application.name=x",
			"--spring.security.oauth2.resourceserver.jwt.audiences[0]=x" })
	void knownOptionIsAccepted(String option) {
		assertThatCode(() -> start(Map.of(), option).close()).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROLLCALL_SERVER", "ROLLCALL_PASSWORD", "ROLLCALL_PUBLIC_URL", "ROLLCALLX",
			"ROLLCALL_SERVICE_HOST", "ROLLCALL_SERVICE_PORT", "ROLLCALL_SERVICE_PORT_HTTP", "ROLLCALL_PORT_80_TCP",
			"ROLLCALL_PORT_80_TCP_ADDR", "ROLLCALL_DB_SERVICE_HOST" })
	void variableOfTheConsoleOrOfKubernetesIsAccepted(String variable) {
		start(Map.of(variable, "x", "ROLLCALL_PORT", "tcp://192.0.2.1:80")).close();
	}

	/** Spring Boot must read each variable that the check accepts. */
	@ParameterizedTest
	@MethodSource("names")
	void everySettingIsReadFromTheEnvironment(SettingName name) {
		String compact = name.text().replace("-", "").replaceAll("\\[(\\d)]", "_$1").replace('.', '_').toUpperCase();
		for (String variable : new String[] { name.variable(), compact }) {
			try (ConfigurableApplicationContext context = start(Map.of(variable, "7s"))) {
				assertThat(Binder.get(context.getEnvironment()).bind(name.text(), String.class).get()).isEqualTo("7s");
			}
		}
	}

	static Iterable<SettingName> names() {
		return KnownSettings.own().names();
	}

	@ParameterizedTest
	@CsvSource({ "a, a, 0", "prot, port, 2", "dataa, data, 1", "'', abc, 3", "abc, '', 3", "kitten, sitting, 3" })
	void distanceIsTheLevenshteinDistance(String left, String right, int distance) {
		assertThat(SettingsCheck.distance(left, right)).isEqualTo(distance);
	}

	private static void assertRefused(Map<String, Object> variables, String name, String place, String nearest,
			String... arguments) {
		assertThatExceptionOfType(StartupFailure.class).isThrownBy(() -> start(variables, arguments).close())
			.withMessageContaining(name + " " + (place.startsWith("(") ? place : ""))
			.withMessageContaining(place)
			.withMessageEndingWith("the nearest name is " + nearest + ".")
			.withMessageNotContaining("s3cr3t");
	}

	private static ConfigurableApplicationContext start(Map<String, Object> variables, String... arguments) {
		SpringApplication application = new SpringApplication(Nothing.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		StandardEnvironment environment = new StandardEnvironment();
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources().replace(source, new SystemEnvironmentPropertySource(source, variables));
		application.setEnvironment(environment);
		return application.run(arguments);
	}

	/** The check needs no beans. */
	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
