package rollcall.roll;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The codes of a roll and the times at which they are accepted. */
class CodeSeriesTests {

	private static final String KEY = "00112233445566778899aabbccddeeff";

	private final Random random = new Random(20_260_302);

	@Test
	void aCodeIsAcceptedFor45SecondsFromItsStepOn() {
		for (int i = 0; i < 2_000; i++) {
			CodeSeries codes = new CodeSeries(CodeSeries.newKey());
			long step = this.random.nextLong(1L << 32);
			RollCode code = codes.of(step);
			long from = step * 15_000;
			assertThat(codes.isValid(code, from - 1)).isFalse();
			assertThat(codes.isValid(code, from)).isTrue();
			assertThat(codes.isValid(code, from + this.random.nextLong(45_000))).isTrue();
			assertThat(codes.isValid(code, from + 44_999)).isTrue();
			assertThat(codes.isValid(code, from + 45_000)).isFalse();
		}
	}

	@Test
	void eachCodeIsTheSameInWhateverOrderTimesAreAsked() {
		CodeSeries asked = new CodeSeries(KEY);
		long now = 1_800_000_000_000L;
		for (int i = 0; i < 5_000; i++) {
			// Small steps, jumps by hours and jumps by years, forward and back.
			long distance = (long) (this.random.nextGaussian() * Math.pow(10, this.random.nextInt(12)));
			long at = now + distance;
			assertThat(asked.isValid(new CodeSeries(KEY).of(CodeSeries.step(at)), at)).isTrue();
			assertThat(asked.wasValid(new CodeSeries(KEY).of(CodeSeries.step(at)), at - 1, at)).isTrue();
			if (this.random.nextInt(20) == 0) {
				now = at;
			}
		}
	}

	/** The teacher's pages read codes while the writer compares codes. */
	@Test
	void eachCodeIsTheSameInSeveralThreads() {
		CodeSeries shared = new CodeSeries(KEY);
		CodeSeries alone = new CodeSeries(KEY);
		List<RollCode> expected = LongStream.range(0, 5_000).mapToObj(alone::of).toList();
		List<CompletableFuture<List<RollCode>>> threads = Stream
			.generate(
					() -> CompletableFuture.supplyAsync(() -> LongStream.range(0, 5_000).mapToObj(shared::of).toList()))
			.limit(4)
			.toList();
		shared.wasValid(RollCode.parse("BCDFGH"), 0, 5_000 * 15_000);
		assertThat(threads).allSatisfy((codes) -> assertThat(codes.join()).isEqualTo(expected));
		assertThat(shared.isValid(expected.get(4_999), 4_999 * 15_000)).isTrue();
	}

	@Test
	void anEarlierCodeOfTheRollWasValidAndOthersWereNot() {
		CodeSeries codes = new CodeSeries(KEY);
		long startedAt = 1_800_000_000_000L;
		long now = startedAt + 3_600_000;
		for (long at = startedAt; at <= now; at += 15_000) {
			assertThat(codes.wasValid(codes.of(CodeSeries.step(at)), startedAt, now)).isTrue();
		}
		assertThat(codes.wasValid(codes.of(CodeSeries.step(now) + 1), startedAt, now)).isFalse();
		assertThat(codes.wasValid(codes.of(CodeSeries.step(startedAt) - 3), startedAt, now)).isFalse();
		assertThat(codes.wasValid(RollCode.parse("AEIOUY"), startedAt, now)).isFalse();
	}

	@Test
	void codesOfADayAreRemembered() {
		CodeSeries codes = new CodeSeries(KEY);
		long startedAt = 1_800_000_000_000L;
		long now = startedAt + 7 * 86_400_000L;
		assertThat(codes.wasValid(codes.of(CodeSeries.step(now - 86_400_000)), startedAt, now)).isTrue();
		assertThat(codes.wasValid(codes.of(CodeSeries.step(now - 86_400_000) - 1), startedAt, now)).isFalse();
	}

	@Test
	void keysAndCodesOfRollsDiffer() {
		String key = CodeSeries.newKey();
		assertThat(key).matches("[0-9a-f]{32}").isNotEqualTo(CodeSeries.newKey());
		CodeSeries one = new CodeSeries(key);
		CodeSeries other = new CodeSeries(CodeSeries.newKey());
		for (long step = 0; step < 1_000; step++) {
			assertThat(one.of(step)).isNotEqualTo(other.of(step));
		}
	}

	/**
	 * The first 8 bytes of HMAC-SHA-256(key, step as 8 bytes) modulo 20^6, calculated
	 * with another implementation.
	 */
	@Test
	void theCodesAreThoseOfTheDescription() {
		assertThat(new CodeSeries(KEY).of(120_000_000).letters()).isEqualTo("TJMLNL");
	}

}
