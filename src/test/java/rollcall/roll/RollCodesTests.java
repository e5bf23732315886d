package rollcall.roll;

import java.util.UUID;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a ticket permits, and what it is worth for somebody who guesses. */
class RollCodesTests {

	private static final long STARTED = 1_700_000_000_000L;

	private static final long NOW = STARTED + 1_200_000;

	private final RollCodes codes = new RollCodes();

	private final String key = CodeSeries.newKey();

	private final OpenRow roll = new OpenRow(42, 1, UUID.randomUUID(), null, STARTED, this.key,
			new RollOptions(null, null, true));

	@Test
	void aGuessWithATicketIsComparedWithAtMostSevenCodes() {
		long most = LongStream.rangeClosed(0, 260)
			.map((halfSecond) -> accepted(NOW - halfSecond * 500))
			.max()
			.getAsLong();
		assertThat(most).isEqualTo(7);
	}

	/** The number of codes that are accepted with a ticket of this time. */
	private long accepted(long openedAt) {
		long step = CodeSeries.step(NOW);
		return LongStream.rangeClosed(step - 15, step + 3)
			.filter((guess) -> refusal(new SentCode(this.codes.of(this.key).of(guess), openedAt)) == null)
			.count();
	}

	private String refusal(SentCode sent) {
		return this.codes.refusal(this.roll, sent, NOW, NOW, false);
	}

}
