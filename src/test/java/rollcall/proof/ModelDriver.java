package rollcall.proof;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import rollcall.Await;

/**
 * Sends random sequences of calls, one after the other, and fails at the first answer
 * that the rules do not allow. No other client may use the server meanwhile.
 */
final class ModelDriver {

	private static final int CLASSES = 3;

	private static final int STUDENTS = 6;

	private static final int STEPS = 100;

	/** A code that no roll has: it has vowels. */
	private static final String UNREADABLE = "AEIOUY";

	private static final List<String> STATUS = List.of("present", "late", "excused", "absent");

	/** An automatic end takes up to a second, until the server's next upkeep. */
	private static final int STEPS_BETWEEN_AUTOMATIC_ENDS = 300;

	private static final int STEPS_BETWEEN_DEADLINES = 150;

	private final long seed;

	private final int maxStudents;

	private final LongConsumer abandon;

	/**
	 * Describes a run.
	 * @param seed the seed of the random choices
	 * @param maxStudents the most students of one roll
	 * @param abandon makes the open roll of a class count as abandoned, in the store
	 */
	ModelDriver(long seed, int maxStudents, LongConsumer abandon) {
		this.abandon = abandon;
		this.seed = seed;
		this.maxStudents = maxStudents;
	}

	void run(URI base, int sequences) {
		Random random = new Random(this.seed);
		try (RollCallClient client = new RollCallClient(base, new History())) {
			for (int i = 0; i < sequences; i++) {
				new Run(client, random, 1 + CLASSES * (long) i).play();
			}
		}
		System.out.println("model (seed " + this.seed + "): " + sequences + " sequences of " + STEPS
				+ " calls answered according to the rules");
	}

	/** One sequence, on classes of its own. */
	private final class Run {

		private final RollCallClient client;

		private final Random random;

		private final long firstClass;

		private final RollModel model = new RollModel(ModelDriver.this.maxStudents);

		private final List<String> story = new ArrayList<>();

		/** The codes of all rolls and steps that the teachers were told. */
		private final List<String> codes = new ArrayList<>(List.of(UNREADABLE));

		private final List<String> rollIds = new ArrayList<>(List.of(UUID.randomUUID().toString()));

		private Run(RollCallClient client, Random random, long firstClass) {
			this.client = client;
			this.random = random;
			this.firstClass = firstClass;
		}

		private void play() {
			for (int i = 0; i < STEPS; i++) {
				step();
			}
			if (!this.client.open().equals(this.model.present())) {
				fail("the list of open rolls is " + this.client.open() + ", expected " + this.model.present());
			}
			for (long id = this.firstClass; id < this.firstClass + CLASSES; id++) {
				Call.Reply reply;
				do {
					long ended = id;
					reply = check(new Call.End(id, null), () -> this.client.end(ended, null));
				}
				while (reply instanceof Call.Ended);
			}
		}

		private void step() {
			long classId = this.firstClass + this.random.nextInt(CLASSES);
			if (this.random.nextInt(STEPS_BETWEEN_AUTOMATIC_ENDS) == 0 && this.model.present().containsKey(classId)) {
				ModelDriver.this.abandon.accept(classId);
				Await.until("the roll ends by itself", () -> !this.client.open().containsKey(classId));
				this.story.add("class " + classId + ": the roll ended by itself");
				this.model.endedByItself(classId);
			}
			if (this.random.nextInt(STEPS_BETWEEN_DEADLINES) == 0) {
				reachDeadline(classId);
			}
			switch (this.random.nextInt(16)) {
				case 11, 12 -> {
					String student = "0" + this.random.nextInt(STUDENTS);
					String status = STATUS.get(this.random.nextInt(STATUS.size()));
					String rollId = this.random.nextBoolean() ? condition() : null;
					check(new Call.Mark(classId, rollId, student, status),
							() -> this.client.mark(classId, rollId, student, status));
				}
				case 13 -> {
					String rollId = this.random.nextBoolean() ? condition() : null;
					Call.Times times = this.model.times(classId, this.random);
					check(new Call.SetTimes(classId, rollId, times),
							() -> this.client.setTimes(classId, rollId, times));
				}
				case 14 -> {
					String rollId = this.random.nextBoolean() ? condition() : null;
					boolean code = this.random.nextBoolean();
					if (check(new Call.SetCode(classId, rollId, code),
							() -> this.client.setCode(classId, rollId, code)) instanceof Call.CodeSet && code) {
						readCodes(classId);
					}
				}
				case 15 -> readCodes(classId);
				case 10 -> check(new Call.ListSheets(classId), () -> this.client.listSheets(classId));
				case 0, 1 -> {
					Call.Times times = (this.random.nextInt(3) == 0) ? new Call.Times(1L + this.random.nextInt(5), null)
							: Call.Times.NONE;
					boolean code = this.random.nextInt(3) == 0;
					if (check(new Call.Start(classId, times, code),
							() -> this.client.start(classId, times, code)) instanceof Call.Started && code) {
						readCodes(classId);
					}
				}
				case 2 -> {
					String rollId = condition();
					check(new Call.End(classId, rollId), () -> this.client.end(classId, rollId));
				}
				case 3 -> {
					long after = this.random.nextInt(4);
					check(new Call.Read(classId, after), () -> this.client.read(classId, after));
				}
				case 4 -> {
					long student = this.random.nextInt(STUDENTS);
					check(new Call.Present(classId, Long.toString(student)),
							() -> this.client.presentNumber(classId, student));
				}
				default -> {
					String student = ((this.random.nextInt(3) == 0) ? "0" : "") + this.random.nextInt(STUDENTS);
					String code = code(classId);
					check(new Call.Present(classId, student, (code != null) ? new Call.Sent(code, null) : null),
							() -> this.client.present(classId, student, code));
				}
			}
		}

		/** The first change at the deadline finds the roll ended. */
		private void reachDeadline(long classId) {
			Call.Times times = this.model.soon(classId);
			if (times == null) {
				return;
			}
			Call.Reply reply = check(new Call.SetTimes(classId, null, times),
					() -> this.client.setTimes(classId, null, times));
			if (reply instanceof Call.TimesSet set) {
				Await.until("the deadline comes", () -> !Instant.now().isBefore(set.times().endsAt()));
				this.model.deadlineCame(classId);
				String student = "0" + this.random.nextInt(STUDENTS);
				check(new Call.Present(classId, student), () -> this.client.present(classId, student));
			}
		}

		private void readCodes(long classId) {
			if (check(new Call.ReadCodes(classId), () -> this.client.codes(classId)) instanceof Call.Codes read) {
				read.codes().forEach((shown) -> this.codes.add(shown.code()));
			}
		}

		/**
		 * No code, one of any roll and step of this sequence, or mostly the one that the
		 * class is shown.
		 */
		private @Nullable String code(long classId) {
			return switch (this.random.nextInt(6)) {
				case 0 -> null;
				case 1, 2 -> this.codes.get(this.random.nextInt(this.codes.size()));
				default -> this.model.shownCode(classId);
			};
		}

		/**
		 * Returns null, the id of a roll of this sequence (of any class), or an unknown
		 * id.
		 */
		private @Nullable String condition() {
			return (this.random.nextInt(3) == 0) ? null : this.rollIds.get(this.random.nextInt(this.rollIds.size()));
		}

		private Call.Reply check(Call.Request request, Supplier<Call.Reply> send) {
			long invoked = System.nanoTime();
			Call.Reply reply = send.get();
			Call call = new Call(request, reply, invoked, System.nanoTime());
			this.story.add(request + " -> " + reply);
			if (reply instanceof Call.Started started) {
				this.rollIds.add(started.rollId());
			}
			String wrong = this.model.step(call);
			if (wrong != null) {
				fail(wrong);
			}
			return reply;
		}

		private void fail(String wrong) {
			throw new AssertionError(
					"seed " + ModelDriver.this.seed + ": " + wrong + " in\n" + String.join("\n", this.story));
		}

	}

}
