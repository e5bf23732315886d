package rollcall.roll;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.PostgresServer;
import rollcall.Relay;

import org.springframework.messaging.simp.SimpMessagingTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node's watchers hear of what another node commits, over a line that is cut.
 */
class NotificationListenerTests {

	private static final long CLASS_ID = 42;

	private final PostgresServer.Database rolls = PostgresServer.shared().newDatabase();

	private final BlockingQueue<RollEvent> published = new LinkedBlockingQueue<>();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private Relay line;

	private LiveFeed feed;

	private NotificationListener listener;

	private WriteSession other;

	@BeforeEach
	void start() throws Exception {
		Flyway.configure()
			.dataSource(this.rolls.jdbcUrl(), PostgresServer.USER, PostgresServer.PASSWORD)
			.locations("classpath:db/migration/postgresql")
			.load()
			.migrate();
		this.other = new PostgresDatabase(DatabaseAddress.of(this.rolls.url()), SharedWriterTests.PROPERTIES,
				System::nanoTime)
			.openWriteSession();
		this.line = new Relay(this.rolls.server().port());
		RollMeters meters = new RollMeters(this.registry, Clock.systemUTC());
		this.feed = new LiveFeed(
				new SimpMessagingTemplate((message, timeout) -> this.published.add((RollEvent) message.getPayload())),
				(topic) -> true, meters);
		this.listener = new NotificationListener(new PostgresDatabase(
				DatabaseAddress
					.of(this.rolls.url().replace(":" + this.rolls.server().port() + "/", ":" + this.line.port() + "/")),
				SharedWriterTests.PROPERTIES, System::nanoTime), this.feed, meters);
	}

	@AfterEach
	void stop() throws Exception {
		this.listener.stop();
		this.feed.stop();
		this.line.close();
		this.other.close();
	}

	@Test
	void hearsWhatIsCommittedFromItsStartOnAndNothingOlder() throws Exception {
		apply(started(CLASS_ID), arrival(CLASS_ID, "before"));
		listen();
		apply(arrival(CLASS_ID, "after"), arrival(CLASS_ID, "before"));
		end(CLASS_ID);
		expect("42 presence 2 after", "42 ended 2 null");
	}

	@Test
	void tellsWhatItMissedOnceAndInOrder() throws Exception {
		apply(started(1), started(2), started(3), arrival(1, "a"), arrival(2, "a"));
		listen();
		apply(arrival(1, "b"));
		end(3);
		expect("1 presence 2 b", "3 ended 0 null");
		cut();
		apply(arrival(1, "c"));
		apply(arrival(1, "d"), started(4), arrival(4, "x"));
		end(2);
		this.line.mend();
		Await.until("it listens again", this.listener::isListening);
		apply(arrival(1, "e"));
		end(1);
		end(4);
		assertThat(of(1)).containsExactly("presence 3 c", "presence 4 d", "presence 5 e", "ended 5 null");
		assertThat(of(2)).containsExactly("ended 1 null");
		assertThat(of(4)).containsExactly("presence 1 x", "ended 1 null");
		assertThat(of(3)).as("was told before").isEmpty();
	}

	@Test
	void toldStateIsAMeter() throws Exception {
		listen();
		assertThat(state()).isOne();
		cut();
		assertThat(state()).isZero();
		this.line.mend();
		Await.until("it listens again", () -> state() == 1);
	}

	@Test
	void whatIsNotOursIsPassedOver() throws Exception {
		apply(started(CLASS_ID));
		listen();
		try (Connection connection = new PostgresDatabase(DatabaseAddress.of(this.rolls.url()),
				SharedWriterTests.PROPERTIES, System::nanoTime)
			.connect("test"); Statement statement = connection.createStatement()) {
			statement.execute("NOTIFY " + Notifications.CHANNEL + ", 'nonsense'");
			statement.execute("NOTIFY " + Notifications.CHANNEL);
		}
		apply(arrival(CLASS_ID, "a"));
		expect("42 presence 1 a");
	}

	/** Stopping takes no longer because the database is away or silent. */
	@Test
	void stopsWhileItIsCutOff() throws Exception {
		listen();
		cut();
		this.listener.stop();
		assertThat(this.listener.isRunning()).isFalse();
	}

	private void listen() {
		this.feed.start();
		this.listener.start();
		assertThat(this.listener.isListening()).isTrue();
	}

	private void cut() throws IOException {
		this.line.cut();
		Await.until("it has noticed", () -> !this.listener.isListening());
	}

	private double state() {
		return this.registry.get("rollcall.listener.listening").gauge().value();
	}

	private void apply(Change<?>... batch) throws SQLException {
		this.other.apply(List.of(batch));
		this.other.commit();
	}

	private void end(long classId) throws SQLException {
		apply(new Change.End(classId, RollMatch.ANY, Teacher.AT_THIS_MACHINE));
	}

	private static Change.Start started(long classId) {
		return new Change.Start(classId, Teacher.AT_THIS_MACHINE);
	}

	private static Change.Arrival arrival(long classId, String studentId) {
		return new Change.Arrival(classId, studentId);
	}

	private void expect(String... events) throws InterruptedException {
		for (String expected : events) {
			RollEvent event = this.published.poll(60, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			assertThat(event.classId() + " " + text(event)).isEqualTo(expected);
		}
		assertThat(this.published).isEmpty();
	}

	/** What was published of a class, once its end was. */
	private List<String> of(long classId) {
		if (classId != 3) {
			Await.until("the end of " + classId, () -> this.published.stream()
				.anyMatch((event) -> event.classId() == classId && event.type().equals(RollEvent.ENDED)));
		}
		return this.published.stream()
			.filter((event) -> event.classId() == classId)
			.map(NotificationListenerTests::text)
			.toList();
	}

	private static String text(RollEvent event) {
		return event.type() + " " + event.seq() + " " + event.studentId();
	}

}
