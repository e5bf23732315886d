package rollcall.proof;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Await;
import rollcall.Relay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 300 phones send the right code, each over its own connection of one relay, without and
 * with somebody who guesses codes through the same relay. Measures how many guesses a
 * second are answered.
 */
class CodeRushIT {

	private static final long CLASS = 1;

	private static final int PHONES = 300;

	/** Phones that send at the same time. */
	private static final int AT_ONCE = 10;

	/** Connections of the guesser; each sends the next code after the answer. */
	private static final int GUESSING = 100;

	private static final Duration GUESSED = Duration.ofSeconds(4);

	/** Wrong codes that are answered without a delay, with some to spare. */
	private static final int FREE = 50;

	/** A delay is a second; without one the median is a few milliseconds. */
	private static final long DELAYED_MS = 500;

	@TempDir
	Path data;

	private final AtomicInteger guesses = new AtomicInteger();

	private volatile boolean over;

	@Test
	void aGuesserIsDelayedAndPhonesAtTheSameAddressAreNot() throws IOException {
		try (ServerProcess server = ServerProcess.on(this.data).start();
				Relay relay = new Relay(server.base().getPort())) {
			URI base = URI.create(relay.url());
			String code = start(server.base());
			List<Long> alone = rush(base, "alone-", code);
			assertThat(relay.connections()).isEqualTo(PHONES);
			List<Long> beside;
			double rate;
			try (Crowd crowd = new Crowd()) {
				for (int i = 0; i < GUESSING; i++) {
					crowd.add(() -> guess(base));
				}
				Await.until("the guesses are delayed", () -> this.guesses.get() > FREE);
				long began = System.nanoTime();
				int before = this.guesses.get();
				beside = rush(base, "beside-", code);
				Await.until("the guesser is measured", () -> System.nanoTime() - began > GUESSED.toNanos());
				rate = (this.guesses.get() - before) / ((System.nanoTime() - began) / 1e9);
				this.over = true;
				crowd.join();
				assertThat(relay.connections()).isEqualTo(2 * PHONES + GUESSING);
			}
			System.out.printf(
					"300 phones: median %d ms alone, %d ms beside a guesser (slowest %d ms); "
							+ "%d connections that guess: %.0f answers a second%n",
					median(alone), median(beside), Collections.max(beside), GUESSING, rate);
			assertThat(median(beside)).isLessThan(DELAYED_MS);
			assertThat(rate).isLessThan(GUESSING + FREE);
		}
	}

	/** Starts the roll. Returns its code. */
	private static String start(URI base) {
		try (RollCallClient teacher = new RollCallClient(base, new History())) {
			teacher.start(CLASS, Call.Times.NONE, true);
			return ((Call.Codes) teacher.codes(CLASS)).codes().get(0).code();
		}
	}

	/**
	 * Lets all phones answer, and keeps their connections open until the last one has.
	 * Returns the times of the answers in milliseconds.
	 */
	private static List<Long> rush(URI base, String prefix, String code) {
		List<Long> times = Collections.synchronizedList(new ArrayList<>());
		List<RollCallClient> phones = Stream.generate(() -> new RollCallClient(base, new History()))
			.limit(PHONES)
			.toList();
		try (Crowd crowd = new Crowd()) {
			for (int i = 0; i < AT_ONCE; i++) {
				int first = i;
				crowd.add(() -> {
					for (int phone = first; phone < PHONES; phone += AT_ONCE) {
						long began = System.nanoTime();
						assertThat(phones.get(phone).present(CLASS, prefix + phone, code))
							.isInstanceOf(Call.Recorded.class);
						times.add((System.nanoTime() - began) / 1_000_000);
					}
				});
			}
			crowd.join();
		}
		finally {
			phones.forEach(RollCallClient::close);
		}
		return times;
	}

	private void guess(URI base) {
		try (RollCallClient guesser = new RollCallClient(base, new History())) {
			while (!this.over) {
				assertThat(guesser.present(CLASS, "guesser", "AEIOUY")).isInstanceOfSatisfying(Call.Refused.class,
						(refused) -> assertThat(refused.reason()).isEqualTo(Call.Refused.CODE_WRONG));
				this.guesses.incrementAndGet();
			}
		}
	}

	private static long median(List<Long> times) {
		return times.stream().sorted().toList().get(times.size() / 2);
	}

}
