package rollcall.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import rollcall.ServerTest;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log grows by a limited amount a minute, and reports how many lines were left out.
 */
class LogLimitTests {

	private final LoggerContext context = new LoggerContext();

	private final Logger logger = this.context.getLogger("some");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private Instant now = Instant.parse("2026-03-02T22:30:00Z");

	@BeforeEach
	void attach() {
		this.context.addTurboFilter(new LogLimit(() -> this.now));
		this.log.start();
		this.context.getLogger("ROOT").addAppender(this.log);
	}

	@Test
	void firstLinesOfEachKindAreWrittenAndTheOthersCounted() {
		for (int i = 0; i < 1_000; i++) {
			this.logger.warn("State {}", i, new IllegalStateException());
			this.logger.error("Argument {}", i, new IllegalArgumentException());
		}
		assertThat(lines()).containsExactly("State 0", "Argument 0", "State 1", "Argument 1", "State 2", "Argument 2",
				"State 3", "Argument 3", "State 4", "Argument 4");
		this.now = this.now.plusMillis(59_999);
		this.logger.warn("State late", new IllegalStateException());
		assertThat(lines()).hasSize(10);
		this.now = this.now.plusMillis(1);
		this.logger.warn("State again", new IllegalStateException());
		assertThat(lines().subList(10, 13)).containsExactlyInAnyOrder(
				"996 more lines of some with java.lang.IllegalStateException were left out",
				"995 more lines of some with java.lang.IllegalArgumentException were left out", "State again");
		this.now = this.now.plus(Duration.ofDays(1));
		this.logger.warn("Next day");
		assertThat(lines()).hasSize(14).endsWith("Next day");
	}

	@Test
	void linesAreWrittenAfterTheClockIsSetBack() {
		for (int i = 0; i < 10; i++) {
			this.logger.warn("Before");
		}
		this.now = this.now.minus(Duration.ofDays(2));
		this.logger.warn("After");
		assertThat(lines()).endsWith("5 more lines of some were left out", "After");
	}

	@Test
	void disabledLinesAreNotCounted() {
		this.logger.setLevel(Level.ERROR);
		for (int i = 0; i < 100; i++) {
			this.logger.warn("Not written");
			assertThat(this.logger.isErrorEnabled()).isTrue();
		}
		this.logger.error("Written");
		assertThat(lines()).containsExactly("Written");
	}

	@Test
	void infoLinesAreNotLimited() {
		for (int i = 0; i < 1_000; i++) {
			this.logger.info("News");
		}
		assertThat(lines()).hasSize(1_000);
	}

	private List<String> lines() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	/**
	 * The limit is active in the server. This server is not shared: the start of another
	 * one in the same JVM resets the log, and removes the limit.
	 */
	@Nested
	@ServerTest
	@TestPropertySource(properties = "spring.application.name=log-limit")
	@ExtendWith(OutputCaptureExtension.class)
	class InServer {

		private final Problems problems;

		InServer(Problems problems) {
			this.problems = problems;
		}

		@Test
		void failuresOfTheStoreAreLoggedAFewTimes(CapturedOutput output) throws Exception {
			for (int i = 0; i < 1_000; i++) {
				this.problems.write(new DataAccessResourceFailureException("gone"), new MockHttpServletRequest(),
						new MockHttpServletResponse());
			}
			// A new minute may begin during the loop.
			assertThat(output.getAll().split("The store could not be read", -1)).hasSizeBetween(2,
					2 * LogLimit.PER_MINUTE + 1);
		}

	}

}
