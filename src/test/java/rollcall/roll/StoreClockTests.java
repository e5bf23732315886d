package rollcall.roll;

import java.lang.reflect.Proxy;

import org.junit.jupiter.api.Test;
import rollcall.Await;

import static org.assertj.core.api.Assertions.assertThat;

/** The estimate of the store's time. */
class StoreClockTests {

	private final StoreClock clock = new StoreClock();

	@Test
	void itFollowsTheStore() throws StoreException {
		this.clock.ask(session(1_800_000_000_000L, 0));
		assertThat(this.clock.millis()).isBetween(1_800_000_000_000L, 1_800_000_009_000L);
		this.clock.ask(session(1_500_000_000_000L, 0));
		assertThat(this.clock.millis()).isBetween(1_500_000_000_000L, 1_500_000_009_000L);
	}

	@Test
	void aSlowAnswerThatAgreesChangesNothing() throws StoreException {
		this.clock.ask(session(1_800_000_000_000L, 0));
		long before = this.clock.millis();
		this.clock.ask(session(before, 500));
		assertThat(this.clock.millis()).isGreaterThanOrEqualTo(before + 500);
	}

	/** A session that tells this time, and pauses before its answer arrives. */
	private static StoreSession session(long now, long pauseMs) {
		return (StoreSession) Proxy.newProxyInstance(StoreSession.class.getClassLoader(),
				new Class<?>[] { StoreSession.class }, (proxy, method, arguments) -> {
					long began = System.nanoTime();
					Await.until("the pause is over", () -> System.nanoTime() - began >= pauseMs * 1_000_000);
					return now;
				});
	}

}
