package rollcall.access;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.FreePort;
import rollcall.Http;
import rollcall.RollCallApplication;
import rollcall.TestDataFolder;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The log lines of a start, and settings that stop the start.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("jvm")
class StartIT {

	@Test
	void logReportsAccessAndHowToChangeIt(CapturedOutput log) {
		start().close();
		assertThat(log.getOut()).contains("Students: http://", "Teachers: only at this machine, at http://localhost:",
				"hash-password", "Before you put anything in front of this server");
	}

	@Test
	void logReportsHttpsIfTheServerHandlesTls(CapturedOutput log, @TempDir Path folder) throws Exception {
		Path keys = folder.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "school", "-keyalg", "EC", "-storetype", "PKCS12", "-keystore",
				keys.toString(), "-storepass", "changeit", "-dname", "CN=localhost")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(keytool.waitFor()).isZero();
		try (ConfigurableApplicationContext context = start("--server.ssl.key-store=" + keys,
				"--server.ssl.key-store-password=changeit")) {
			String port = ":" + port(context) + "/";
			assertThat(log.getOut()).contains("https://localhost" + port + "teacher")
				.containsPattern("Students: .*https://[^ ]+" + port)
				.doesNotContain("http://");
		}
	}

	@Test
	void logSaysThatNoPhoneReachesALoopbackAddress(CapturedOutput log) {
		start("--server.address=127.0.0.1").close();
		assertThat(log.getOut()).contains("Students: probably no phone can reach http://localhost:");
	}

	@Test
	void logReportsTheStoreItsRollsAndHowToStop(CapturedOutput log) {
		String folder = Path.of(TestDataFolder.next()).toAbsolutePath().toString();
		try (ConfigurableApplicationContext context = start("--rollcall.data-dir=" + folder)) {
			assertThat(log.getOut())
				.contains("Store: the data folder " + folder + "; open rolls found: 0, with presences: 0")
				.contains("To stop the server: Ctrl-C", "kill " + ProcessHandle.current().pid())
				.doesNotContain("flyway", "| Version |");
			Http http = new Http(port(context));
			http.start(1);
			http.start(2);
			http.present(2, "7");
		}
		start("--rollcall.data-dir=" + folder).close();
		assertThat(log.getOut()).contains(folder + "; open rolls found: 2, with presences: 1");
	}

	/** The environment variables are PORT and SERVER_PORT. */
	@Test
	void portOfThePlatformIsUsedUnlessAnotherIsSet() {
		int port = FreePort.next();
		try (ConfigurableApplicationContext context = run("--PORT=" + port)) {
			assertThat(port(context)).isEqualTo(port);
		}
		try (ConfigurableApplicationContext context = run("--PORT=" + port, "--server.port=0")) {
			assertThat(port(context)).isNotEqualTo(port);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "--rollcall.teacher-required=true", "--rollcall.teachers[0].password-hash=s3cr3t",
			"--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1",
			"--server.forward-headers-strategy=framework", "--server.forward-headers-strategy=native" })
	void unsafeSettingStopsTheStart(String setting, CapturedOutput log) {
		assertThatException().isThrownBy(() -> start(setting));
		assertThat(log.getAll()).contains("APPLICATION FAILED TO START", "Action:").doesNotContain("s3cr3t");
	}

	private static ConfigurableApplicationContext start(String... settings) {
		return run(Stream.concat(Stream.of("--server.port=0"), Stream.of(settings)).toArray(String[]::new));
	}

	private static ConfigurableApplicationContext run(String... settings) {
		Stream<String> folder = Stream.of("--rollcall.data-dir=" + TestDataFolder.next());
		Stream<String> all = Stream.of(settings).anyMatch((setting) -> setting.contains("data-dir="))
				? Stream.of(settings) : Stream.concat(folder, Stream.of(settings));
		return SpringApplication.run(RollCallApplication.class, all.toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
