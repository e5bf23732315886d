package rollcall.roll.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollcall.Await;
import rollcall.PostgresServer;
import rollcall.Relay;
import rollcall.roll.LiveFeed;
import rollcall.roll.RollEvent;
import rollcall.roll.Status;
import rollcall.roll.StoreException;
import rollcall.roll.TestFeed;
import rollcall.roll.TestSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of another node, received over a connection that is cut.
 */
class NotificationListenerIT {

	private static final long CLASS_ID = 42;

	private final PostgresServer.Database rolls = PostgresServer.shared().newDatabase();

	private final BlockingQueue<RollEvent> published = new LinkedBlockingQueue<>();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private Relay line;

	private LiveFeed feed;

	private NotificationListener listener;

	private TestSession other;

	@BeforeEach
	void start() throws Exception {
		SharedStore.migrate(this.rolls);
		this.other = TestSession.open(SharedStore.database(this.rolls));
		this.line = new Relay(this.rolls.server().port());
		this.feed = TestFeed.into(this.published);
		this.listener = new NotificationListener(new PostgresDatabase(DatabaseAddress
			.of(this.rolls.url().replace(":" + this.rolls.server().port() + "/", ":" + this.line.port() + "/"))),
				this.feed);
		this.listener.bindTo(this.registry);
	}

	@AfterEach
	void stop() throws Exception {
		this.listener.stop();
		this.feed.stop();
		this.line.close();
		this.other.close();
	}

	@Test
	void eventsCommittedAfterTheStartArePublished() throws Exception {
		this.other.write(TestSession.start(CLASS_ID), TestSession.arrival(CLASS_ID, "before"));
		listen();
		this.other.write(TestSession.arrival(CLASS_ID, "after"), TestSession.arrival(CLASS_ID, "before"));
		end(CLASS_ID);
		expect("42 presence 2 after", "42 ended 2 null");
	}

	@Test
	void missedEventsArePublishedOnceAndInOrder() throws Exception {
		this.other.write(TestSession.start(1), TestSession.start(2), TestSession.start(3), TestSession.arrival(1, "a"),
				TestSession.arrival(2, "a"));
		listen();
		this.other.write(TestSession.arrival(1, "b"));
		end(3);
		expect("1 presence 2 b", "3 ended 0 null");
		cut();
		this.other.write(TestSession.arrival(1, "c"));
		this.other.write(TestSession.arrival(1, "d"), TestSession.start(4), TestSession.arrival(4, "x"));
		end(2);
		this.line.mend();
		Await.until("the listener listens again", this.listener::isListening);
		this.other.write(TestSession.arrival(1, "e"));
		end(1);
		end(4);
		assertThat(of(1)).containsExactly("presence 3 c", "presence 4 d", "presence 5 e", "ended 5 null");
		assertThat(of(2)).containsExactly("ended 1 null");
		assertThat(of(4)).containsExactly("presence 1 x", "ended 1 null");
		assertThat(of(3)).as("was published before").isEmpty();
	}

	@Test
	void missedMarksArePublishedWithTheirLastState() throws Exception {
		this.other.write(TestSession.start(CLASS_ID), TestSession.arrival(CLASS_ID, "a"),
				TestSession.arrival(CLASS_ID, "b"));
		listen();
		this.other.write(TestSession.mark(CLASS_ID, "a", Status.LATE));
		expect("42 presence 3 a late teacher");
		cut();
		this.other.write(TestSession.mark(CLASS_ID, "a", Status.ABSENT),
				TestSession.mark(CLASS_ID, "b", Status.EXCUSED));
		this.other.write(TestSession.mark(CLASS_ID, "a", Status.PRESENT), TestSession.arrival(CLASS_ID, "c"));
		this.other.write(TestSession.mark(CLASS_ID, "d", Status.ABSENT));
		this.line.mend();
		Await.until("the listener listens again", this.listener::isListening);
		this.other.write(TestSession.mark(CLASS_ID, "c", Status.ABSENT));
		end(CLASS_ID);
		expect("42 absence 5 b excused teacher", "42 presence 6 a null teacher", "42 presence 7 c",
				"42 absence 8 d absent teacher", "42 absence 9 c absent teacher", "42 ended 9 null");
	}

	@Test
	void missedTimesArePublishedBetweenTheStudents() throws Exception {
		this.other.write(TestSession.start(CLASS_ID));
		listen();
		this.other.write(TestSession.lateAfter(CLASS_ID, Duration.ofSeconds(1)));
		expect("42 changed 1 null");
		cut();
		this.other.write(TestSession.arrival(CLASS_ID, "a"), TestSession.lateAfter(CLASS_ID, Duration.ofSeconds(2)));
		this.other.write(TestSession.lateAfter(CLASS_ID, Duration.ofHours(1)), TestSession.arrival(CLASS_ID, "b"));
		this.line.mend();
		Await.until("the listener listens again", this.listener::isListening);
		expect("42 presence 2 a", "42 changed 4 null", "42 presence 5 b");
	}

	@Test
	void aMeterShowsWhetherTheListenerListens() throws Exception {
		listen();
		assertThat(state()).isOne();
		cut();
		assertThat(state()).isZero();
		this.line.mend();
		Await.until("the listener listens again", () -> state() == 1);
	}

	@Test
	void unknownNotificationsAreIgnored() throws Exception {
		this.other.write(TestSession.start(CLASS_ID));
		listen();
		try (Connection connection = new PostgresDatabase(DatabaseAddress.of(this.rolls.url())).connect("test");
				Statement statement = connection.createStatement()) {
			statement.execute("NOTIFY " + NotificationCodec.CHANNEL + ", 'nonsense'");
			statement.execute("NOTIFY " + NotificationCodec.CHANNEL);
		}
		this.other.write(TestSession.arrival(CLASS_ID, "a"));
		expect("42 presence 1 a");
	}

	/** The listener also stops while the database cannot be reached. */
	@Test
	void theListenerStopsWithoutAConnection() throws Exception {
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
		Await.until("the listener has noticed", () -> !this.listener.isListening());
	}

	private double state() {
		return this.registry.get("rollcall.listener.listening").gauge().value();
	}

	private void end(long classId) throws StoreException {
		this.other.write(TestSession.end(classId));
	}

	private void expect(String... events) throws InterruptedException {
		for (String expected : events) {
			RollEvent event = this.published.poll(60, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			assertThat(event.classId() + " " + text(event)).isEqualTo(expected);
		}
		assertThat(this.published).isEmpty();
	}

	/** The published events of a class, once its end is published. */
	private List<String> of(long classId) {
		if (classId != 3) {
			Await.until("the end of " + classId, () -> this.published.stream()
				.anyMatch((event) -> event.classId() == classId && event.type().equals(RollEvent.ENDED)));
		}
		return this.published.stream()
			.filter((event) -> event.classId() == classId)
			.map(NotificationListenerIT::text)
			.toList();
	}

	private static String text(RollEvent event) {
		return event.type() + " " + event.seq() + " " + event.studentId()
				+ ((event.by() != null) ? " " + event.status() + " " + event.by() : "");
	}

}
