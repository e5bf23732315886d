package rollcall.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * What the students of a class know about the codes of its rolls. They mostly send the
 * right one, and sometimes each kind of another one. Wrong ones are rare, because the
 * server delays many of them from one address.
 */
final class CodeBook {

	private static final Duration OLD = Duration.ofSeconds(10);

	private static final int WRONG = 12;

	private static final int WRONG_PER_SECOND = 2;

	private final boolean used;

	private final long created = System.nanoTime();

	private final AtomicInteger wrong = new AtomicInteger();

	private final List<String> ofEarlierRolls = new ArrayList<>();

	private volatile List<Seen> codes = List.of();

	private long shown = System.nanoTime() - OLD.toNanos();

	/**
	 * Creates an empty book.
	 * @param used whether the rolls of the class require a code
	 */
	CodeBook(boolean used) {
		this.used = used;
	}

	boolean isUsed() {
		return this.used;
	}

	/** The roll ends, so its codes will be wrong. */
	synchronized void forget() {
		this.codes.forEach((code) -> this.ofEarlierRolls.add(code.code));
		this.codes = List.of();
		this.shown = System.nanoTime() - OLD.toNanos();
	}

	/** Whether the students should see the codes again. */
	synchronized boolean isOld() {
		return this.used && System.nanoTime() - this.shown >= OLD.toNanos();
	}

	/** Shows the students the codes of the open roll; none if it requires none. */
	void show(RollCallClient teacher, long classId) {
		if (!this.used) {
			return;
		}
		Call.Reply reply = teacher.codes(classId);
		long now = System.nanoTime();
		synchronized (this) {
			this.shown = now;
			if (reply instanceof Call.Codes read) {
				List<Seen> all = new ArrayList<>(this.codes);
				read.codes()
					.forEach((code) -> all
						.add(new Seen(code.code(), now + TimeUnit.MILLISECONDS.toNanos(code.fromMs()))));
				this.codes = all;
			}
			else if (reply instanceof Call.NoCode) {
				this.codes = List.of();
			}
		}
	}

	/**
	 * Chooses the code of a presence; null for none.
	 * @param other the book of this class or of another one
	 */
	synchronized @Nullable String pick(Random random, CodeBook other) {
		int dice = random.nextInt(20);
		if (this.codes.isEmpty()) {
			return (this.used && dice == 0 && mayBeWrong()) ? "BCDFGH" : null;
		}
		long now = System.nanoTime();
		List<Seen> past = this.codes.stream().filter((code) -> code.from <= now).toList();
		if (dice == 0 || past.isEmpty()) {
			return null;
		}
		if (dice < 4 && mayBeWrong()) {
			return wrong(random, now, other);
		}
		if (dice == 4) {
			return past.get(random.nextInt(past.size())).code;
		}
		return past.stream().max(Comparator.comparingLong(Seen::from)).orElseThrow().code;
	}

	private String wrong(Random random, long now, CodeBook other) {
		List<String> possible = new ArrayList<>(List.of("BCDFGH", "no code"));
		possible.addAll(this.ofEarlierRolls);
		this.codes.stream().filter((code) -> code.from > now).forEach((code) -> possible.add(code.code));
		if (other != this) {
			// Another thread may change the other book meanwhile, which does not matter.
			other.codes.forEach((code) -> possible.add(code.code));
		}
		return possible.get(random.nextInt(possible.size()));
	}

	private boolean mayBeWrong() {
		long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.created);
		return this.wrong.incrementAndGet() <= WRONG + WRONG_PER_SECOND * seconds;
	}

	/**
	 * A code and the time from which it is surely accepted.
	 */
	private record Seen(String code, long from) {
	}

}
