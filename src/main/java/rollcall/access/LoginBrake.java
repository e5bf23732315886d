package rollcall.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;

/**
 * Slows down who guesses passwords, and nobody else. A wrong password is answered late,
 * the later the more there were for that account from that address; until it is answered
 * it takes one of a few places. A right one is answered at once, so that nobody can lock
 * a teacher out. What it knows of addresses is in memory only, and for minutes.
 * <p>
 * Each node of a cluster brakes for itself. Who guesses on all of them has as many times
 * the places, and waits as long on each: with the usual handful of nodes still a few
 * guesses a second. To share what is known would cost the database a write for each
 * guess, which is more than the guesser pays.
 */
class LoginBrake {

	/** Guesses of one account from one address that may be under way at the same time. */
	static final int PLACES_PER_ACCOUNT_AND_ADDRESS = 8;

	/** Of all accounts from one address: a whole campus may be behind it. */
	static final int PLACES_PER_ADDRESS = 64;

	static final Duration FIRST_DELAY = Duration.ofMillis(250);

	static final Duration LONGEST_DELAY = Duration.ofSeconds(4);

	/** Mistypings that cost nothing. */
	private static final int FREE_FAILURES = 3;

	private static final long FORGOTTEN_AFTER_NANOS = Duration.ofMinutes(15).toNanos();

	/** How many accounts and addresses are known at most; then all are forgotten. */
	private static final int MAX_KEYS = 10_000;

	/** How long a login waits for its turn to be computed. */
	private static final long TURN_WITHIN_MS = 5_000;

	private static final int MAX_WAITING = 32;

	/** Half of the machine is left to the students. */
	private final Semaphore turns = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

	private final Map<List<String>, Guesses> guesses = new HashMap<>();

	/**
	 * Begins an attempt.
	 * @param name the account, which may not exist
	 * @param address where it comes from
	 * @return the attempt, which takes a place until it is over
	 * @throws TooManyLoginsException if no place is free
	 */
	synchronized Attempt enter(String name, String address) {
		if (this.guesses.size() >= MAX_KEYS) {
			this.guesses.values().removeIf((each) -> each.places == 0);
		}
		Guesses ofAccount = this.guesses.computeIfAbsent(List.of(address, name), (key) -> new Guesses());
		Guesses ofAddress = this.guesses.computeIfAbsent(List.of(address), (key) -> new Guesses());
		if (ofAccount.places >= PLACES_PER_ACCOUNT_AND_ADDRESS || ofAddress.places >= PLACES_PER_ADDRESS) {
			throw new TooManyLoginsException();
		}
		ofAccount.places++;
		ofAddress.places++;
		return new Attempt(ofAccount, ofAddress);
	}

	private synchronized Duration fail(Guesses ofAccount) {
		long now = System.nanoTime();
		if (now - ofAccount.lastNanos > FORGOTTEN_AFTER_NANOS) {
			ofAccount.failures = 0;
		}
		ofAccount.lastNanos = now;
		ofAccount.failures++;
		if (ofAccount.failures <= FREE_FAILURES) {
			return FIRST_DELAY;
		}
		Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(10, ofAccount.failures - FREE_FAILURES));
		return (delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY;
	}

	private synchronized void leave(Attempt attempt) {
		if (!attempt.over) {
			attempt.over = true;
			attempt.ofAccount.places--;
			attempt.ofAddress.places--;
		}
	}

	/** What is known of one account and address. */
	private static final class Guesses {

		private int places;

		private int failures;

		private long lastNanos = System.nanoTime();

	}

	/** One password that is being compared, or whose failure is not answered yet. */
	final class Attempt {

		private final Guesses ofAccount;

		private final Guesses ofAddress;

		private boolean over;

		private Attempt(Guesses ofAccount, Guesses ofAddress) {
			this.ofAccount = ofAccount;
			this.ofAddress = ofAddress;
		}

		/**
		 * Computes when it is this attempt's turn; those who wait are served in order.
		 */
		boolean run(BooleanSupplier comparison) {
			if (LoginBrake.this.turns.getQueueLength() >= MAX_WAITING || !awaitTurn()) {
				leave(this);
				throw new TooManyLoginsException();
			}
			try {
				return comparison.getAsBoolean();
			}
			finally {
				LoginBrake.this.turns.release();
			}
		}

		private boolean awaitTurn() {
			try {
				return LoginBrake.this.turns.tryAcquire(TURN_WITHIN_MS, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		void succeeded() {
			synchronized (LoginBrake.this) {
				this.ofAccount.failures = 0;
			}
			leave(this);
		}

		/** The refusal, to be answered after its delay. */
		WrongPasswordException failed() {
			return new WrongPasswordException(fail(this.ofAccount), () -> leave(this));
		}

	}

	/** A refusal that is answered late; the attempt is over when it was. */
	static final class WrongPasswordException extends BadCredentialsException {

		private final transient Duration delay;

		private final transient Runnable answered;

		WrongPasswordException(Duration delay, Runnable answered) {
			super("Wrong name or password");
			this.delay = delay;
			this.answered = answered;
		}

		Duration delay() {
			return this.delay;
		}

		void answered() {
			this.answered.run();
		}

	}

	/** No place is free, or no time to compute. */
	static final class TooManyLoginsException extends AuthenticationException {

		TooManyLoginsException() {
			super("Too many logins");
		}

	}

}
