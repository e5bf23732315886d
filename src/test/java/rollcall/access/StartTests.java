package rollcall.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.RollCallApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the start says, and when there is none.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartTests {

	@Test
	void logSaysWhoMayDoWhatAndHowToChangeIt(CapturedOutput log) {
		start().close();
		assertThat(log.getOut()).contains("Students: http://", "Teachers: only at this machine, at http://localhost:",
				"hash-password", "Before you put anything in front of this server");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--rollcall.teacher-required=true", "--rollcall.teachers[0].password-hash=s3cr3t",
			"--spring.security.oauth2.resourceserver.jwt.issuer-uri=http://127.0.0.1:1",
			"--server.forward-headers-strategy=framework", "--server.forward-headers-strategy=native" })
	void doorLeftOpenByMistakeIsNoStart(String setting, CapturedOutput log) {
		assertThatException().isThrownBy(() -> start(setting));
		assertThat(log.getAll()).contains("APPLICATION FAILED TO START", "Action:").doesNotContain("s3cr3t");
	}

	private static ConfigurableApplicationContext start(String... settings) {
		String[] arguments = new String[settings.length + 2];
		System.arraycopy(settings, 0, arguments, 2, settings.length);
		arguments[0] = "--server.port=0";
		arguments[1] = "--rollcall.data-dir=" + AccessMatrix.newDataDirectory();
		return SpringApplication.run(RollCallApplication.class, arguments);
	}

}
