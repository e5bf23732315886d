package rollcall.roll;

import java.time.Clock;
import java.util.concurrent.BlockingQueue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.messaging.simp.SimpMessagingTemplate;

/** Live feeds without a broker. They publish the events of every roll. */
public final class TestFeed {

	private TestFeed() {
	}

	/** A feed that puts its events into a queue. */
	public static LiveFeed into(BlockingQueue<RollEvent> published) {
		return into(published, meters(new SimpleMeterRegistry()));
	}

	static LiveFeed into(BlockingQueue<RollEvent> published, RollMeters meters) {
		return new LiveFeed(
				new SimpMessagingTemplate((message, timeout) -> published.add((RollEvent) message.getPayload())),
				(topic) -> true, meters);
	}

	static RollMeters meters(MeterRegistry registry) {
		return new RollMeters(registry, Clock.systemUTC());
	}

}
