package rollcall.roll.sqlite;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RewritePauseTests {

	/** Near the end of its range, where a comparison of absolute times fails. */
	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);

	private final RewritePause pause = new RewritePause(this.nanoTime::get);

	@Test
	void theFirstRewriteIsAllowedAtOnce() {
		assertThat(this.pause.isOver(false)).isTrue();
	}

	@Test
	void oneRewriteAMinuteIsAllowedUnderLoad() {
		rewrite(true);
		this.nanoTime.addAndGet(RewritePause.LENGTH.toNanos() - 1);
		assertThat(this.pause.isOver(false)).isFalse();
		this.nanoTime.incrementAndGet();
		assertThat(this.pause.isOver(false)).isTrue();
	}

	@Test
	void aRewriteIsAllowedAtOnceWhenIdle() {
		rewrite(true);
		assertThat(this.pause.isOver(true)).isTrue();
	}

	@Test
	void noRewriteWithinAMinuteOfAFailure() {
		rewrite(false);
		assertThat(this.pause.isOver(true)).isFalse();
		this.nanoTime.addAndGet(RewritePause.LENGTH.toNanos());
		assertThat(this.pause.isOver(true)).isTrue();
		this.pause.began();
		assertThat(this.pause.isOver(true)).as("a rewriting that has not ended counts as a failure").isFalse();
	}

	private void rewrite(boolean successful) {
		this.pause.began();
		this.pause.ended(successful);
	}

}
