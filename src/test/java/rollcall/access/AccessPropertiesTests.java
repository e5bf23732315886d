package rollcall.access;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.settings.StartupFailure;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The settings of access, and the command that makes a password hash. */
@ExtendWith(OutputCaptureExtension.class)
class AccessPropertiesTests {

	private static final String HASH = HashPassword.encoder().encode("correct horse");

	@ParameterizedTest
	@ValueSource(strings = { "secret", "{noop}secret", "{MD5}0cc175b9c0f1b6a831c399e269772661", "$2a$10$short", "" })
	void passwordInsteadOfAHashIsRefusedAndNotPrinted(String password) {
		assertThatExceptionOfType(BindException.class).isThrownBy(
				() -> bind(Map.of("rollcall.teachers[0].name", "ana", "rollcall.teachers[0].password-hash", password)))
			.havingRootCause()
			.isInstanceOf(StartupFailure.class)
			.withMessageContaining("password-hash")
			.withMessageNotContaining("secret");
	}

	/** The damaged values are what sh, dash and bash make of {bcrypt}$2a$10$… . */
	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "'HASH'; in quotes", "\"HASH\"; in quotes", "'HASH; in quotes", "{bcrypt}a0; shell has replaced",
					"{bcrypt}a0./rest; shell has replaced", "{bcrypt}; shell has replaced",
					"a0.rest; shell has replaced", "{bcrypt}a./x; shell has replaced",
					"{bcrypt}\\$2a\\$10\\$x; backslashes", "{bcrypt}$$2a$$10$$x; doubled", "secret; not a hash",
					"HASHx; not a hash", "{noop}secret; not a hash" })
	void damagedHashIsExplained(String value, String why) {
		String written = value.replace("HASH", HASH);
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("rollcall.teachers[0].password-hash", written)))
			.havingRootCause()
			.isInstanceOf(StartupFailure.class)
			.withMessageContaining("rollcall.teachers[0].password-hash")
			.withMessageContaining(why)
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "*.example.org", "http://example.org", "example.org:80", "a/b", "example.org." })
	void allowedHostMustBeAName(String host) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("rollcall.allowed-hosts", host)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/8", "*", "proxy.example.org", "10.0.0.*" })
	void trustedProxyMustBeAnAddress(String proxy) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("rollcall.trusted-proxies", proxy)));
	}

	@Test
	void teacherIsReadFromTheEnvironment() {
		MockEnvironment environment = new MockEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("ROLLCALL_TEACHERS_0_PASSWORD_HASH", HASH)));
		assertThat(LoginWays.of(environment).passwords()).isTrue();
		AccessProperties properties = Binder.get(environment).bind("rollcall", AccessProperties.class).get();
		assertThat(properties.teachers().get(0).name()).isEqualTo("teacher");
		assertThat(properties.teachers().get(0).bcrypt()).startsWith("$2a$");
	}

	@Test
	void hashPasswordPrintsAHashForTheSettings() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int code = HashPassword.run(List.of(), in("correct horse\n"), null, new PrintStream(out), silent());
		assertThat(code).isZero();
		String hash = out.toString(StandardCharsets.UTF_8).strip();
		assertThat(HashPassword.encoder().matches("correct horse", hash)).isTrue();
		assertThat(bind(Map.of("rollcall.teachers[0].password-hash", hash)).teachers()).hasSize(1);
	}

	@Test
	void hashPasswordRefusesArgumentsAndWeakPasswords() {
		PrintStream full = new PrintStream(OutputStream.nullOutputStream()) {

			@Override
			public boolean checkError() {
				return true;
			}

		};
		assertThat(HashPassword.run(List.of(), in("correct horse\n"), null, full, silent())).isEqualTo(5);
		assertThat(HashPassword.run(List.of("secret"), in(""), null, silent(), silent())).isEqualTo(2);
		assertThat(HashPassword.run(List.of(), in(""), null, silent(), silent())).isEqualTo(2);
		assertThat(HashPassword.run(List.of(), in("short"), null, silent(), silent())).isEqualTo(2);
		assertThat(HashPassword.run(List.of(), in("x".repeat(73)), null, silent(), silent())).isEqualTo(2);
	}

	@Test
	void hashPasswordPrintsAHintOnlyWhileItWaits() throws IOException {
		ByteArrayOutputStream atOnce = new ByteArrayOutputStream();
		HashPassword.run(List.of(), in("correct horse\n"), null, silent(), new PrintStream(atOnce));
		assertThat(atOnce.toString(StandardCharsets.UTF_8)).doesNotContain("Waiting");
		CountDownLatch hinted = new CountDownLatch(1);
		PipedOutputStream slow = new PipedOutputStream();
		PrintStream err = new PrintStream(new ByteArrayOutputStream()) {
			@Override
			public void println(String line) {
				if (line.contains("Waiting for the password on standard input")) {
					hinted.countDown();
				}
			}
		};
		PipedInputStream in = new PipedInputStream(slow);
		CompletableFuture<Integer> code = CompletableFuture
			.supplyAsync(() -> HashPassword.run(List.of(), in, null, silent(), err));
		Await.until("the command says that it waits", () -> hinted.getCount() == 0);
		slow.write("correct horse\n".getBytes(StandardCharsets.UTF_8));
		assertThat(code).succeedsWithin(Await.DEADLINE).isEqualTo(0);
	}

	@Test
	void anEmptySwitchMeansTheDefault() {
		AccessProperties properties = bind(Map.of("rollcall.teacher-required", "", "rollcall.allowed-hosts", "",
				"rollcall.trusted-proxies", "", "rollcall.teachers[0].admin", "", "rollcall.teachers[0].password-hash",
				"{bcrypt}$2a$10$" + "a".repeat(53)));
		assertThat(properties.teacherRequired()).isFalse();
		assertThat(properties.teachers()).allMatch((teacher) -> !teacher.admin());
		assertThat(properties.allowedHosts()).isEmpty();
		assertThat(properties.trustedProxies()).isEmpty();
	}

	@Test
	void anEmptySwitchDoesNotLetTheServerStartWithoutATeacher() {
		MockEnvironment environment = new MockEnvironment().withProperty("rollcall.teacher-required", "true");
		environment.getPropertySources()
			.addFirst(
					new SystemEnvironmentPropertySource("systemEnvironment", Map.of("ROLLCALL_TEACHER_REQUIRED", "")));
		assertThatExceptionOfType(StartupFailure.class)
			.isThrownBy(() -> LoginWays.of(environment).requireSafeSettings(environment, false))
			.withMessage("rollcall.teacher-required is empty, and no teacher is configured");
		environment.setProperty("rollcall.teachers[0].password-hash", HASH);
		LoginWays.of(environment).requireSafeSettings(environment, false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "roles-claim", "name-claim", "teacher-role", "admin-role" })
	void anEmptyClaimOrRoleStopsTheStart(String name) {
		for (String value : List.of("", " ")) {
			assertThatExceptionOfType(BindException.class)
				.isThrownBy(() -> bind(Map.of("rollcall.token." + name, value)))
				.havingRootCause()
				.isInstanceOf(StartupFailure.class)
				.withMessage("rollcall.token." + name + " is empty");
		}
	}

	@ParameterizedTest
	@CsvSource({ "ROLLCALL_TEACHERS_1_PASSWORD_HASH, s3cr3t", "ROLLCALL_TEACHERS_1_PASSWORDHASH, s3cr3t",
			"ROLLCALL_TEACHERS_0_ADMIN, ''" })
	void aSettingThatIsNoEntryIsExplainedWithoutItsValue(String variable, String value, CapturedOutput log) {
		SpringApplication application = new SpringApplication(OnlyAccessProperties.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(variable, value)));
		application.setEnvironment(environment);
		assertThatExceptionOfType(Exception.class).isThrownBy(application::run);
		assertThat(log.getAll())
			.contains("APPLICATION FAILED TO START", "These settings are no entry of a list: ", "\"" + variable + "\"")
			.doesNotContain("s3cr3t", "Bindable", "\tat ");
	}

	private static AccessProperties bind(Map<String, String> settings) {
		MockEnvironment environment = new MockEnvironment();
		settings.forEach(environment::setProperty);
		return new Binder(ConfigurationPropertySources.get(environment)).bind("rollcall", AccessProperties.class).get();
	}

	private static ByteArrayInputStream in(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private static PrintStream silent() {
		return new PrintStream(new ByteArrayOutputStream());
	}

	/** Binds the settings of access and nothing else. */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(AccessProperties.class)
	static class OnlyAccessProperties {

	}

}
