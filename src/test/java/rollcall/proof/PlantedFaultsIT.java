package rollcall.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The proofs can fail: for each fault that is planted in the real source, the matching
 * driver finds a broken promise.
 */
class PlantedFaultsIT {

	private static final String WRITER = "rollcall/roll/RollWriter.java";

	private static final String BATCH = "rollcall/roll/Batch.java";

	private static final String ROW = "rollcall/roll/OpenRow.java";

	private static final String TRANSACTION = "rollcall/roll/StoreTransaction.java";

	private static final String CODES = "rollcall/roll/RollCodes.java";

	private static final String UPKEEP = "rollcall/roll/Upkeep.java";

	private static final String STUDENTS = "rollcall/roll/StudentRules.java";

	private static final String STUDENT = "\t\tStudentRow student = roll.student(arrival.studentId());\n";

	private static final String COMPLETE = "changes.forEach(Change::complete);\n";

	private static final String PUBLISH = "this.feed.publish(events);\n";

	private static final String COMMIT = "\t\t\t\tList<RollEvent> events = session.commit(batch.changed(), batch.events());\n";

	private static final int TRIES = 3;

	/** Two at a time, because a server needs one core to start. */
	private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);

	private static final Map<String, Future<Tally>> RUNS = new HashMap<>();

	@TempDir
	static Path folder;

	@BeforeAll
	static void plantAll() {
		faults().forEach((fault) -> RUNS.put(fault.name(), THREADS.submit(() -> tryToCatch(fault))));
	}

	/**
	 * A driver acts at random and stops at the first broken promise, which can be another
	 * one. Then it tries again.
	 */
	private static Tally tryToCatch(Fault fault) throws Exception {
		for (int i = 1;; i++) {
			Path own = Files.createTempDirectory(folder, "fault");
			Tally tally = fault.driver().run(own, fault.plant(own));
			if (i == TRIES
					|| tally.violations().stream().anyMatch((violation) -> violation.promise() == fault.broken())) {
				return tally;
			}
			System.out.println("planted fault \"" + fault + "\" was not caught: " + tally);
		}
	}

	@AfterAll
	static void stop() throws InterruptedException {
		THREADS.shutdownNow();
		THREADS.awaitTermination(1, TimeUnit.MINUTES);
	}

	@ParameterizedTest
	@MethodSource("faults")
	void aPlantedFaultIsCaught(Fault fault) throws Throwable {
		Tally tally = run(fault);
		assertThat(tally.violations()).as("%s is caught: %s", fault, tally)
			.extracting(Violation::promise)
			.contains(fault.broken());
		System.out.println("planted fault \"" + fault + "\" is caught after " + tally.recorded() + " presences: "
				+ tally.violations().stream().map(Violation::promise).distinct().sorted().toList());
	}

	/** A missing tool skips the test, also from the other thread. */
	private static Tally run(Fault fault) throws Throwable {
		try {
			return RUNS.get(fault.name()).get();
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

	static Stream<Fault> faults() {
		return Stream.of(
				Fault.of("acknowledge before commit", WRITER, Fault.Driver.FAILING_DISK, Promise.P1, COMMIT, "",
						COMPLETE, COMPLETE + COMMIT),
				Fault.of("publish before commit", WRITER, Fault.Driver.FAILING_DISK, Promise.P9, COMMIT,
						"\t\t\t\tthis.feed.publish(new ArrayList<>(batch.events()));\n" + COMMIT,
						COMPLETE + "\t\t\t\t" + PUBLISH, COMPLETE),
				Fault.of("the end reads the sheet outside the queue", "rollcall/roll/RollCallService.java",
						Fault.Driver.RACE, Promise.P1,
						"return await(this.writer.submit(new Change.End(classId.value(), which, by)));", """
								var seen = this.store.currentRoll(classId.value(), 0, by);
								Sheet sheet = await(this.writer.submit(new Change.End(classId.value(), which, by)));
								if (seen.isEmpty() || !seen.get().rollId().equals(sheet.rollId())) {
									return sheet;
								}
								var presences = seen.get().presences();
								return new Sheet(sheet.classId(), sheet.rollId(), sheet.startedAt(), sheet.endedAt(),
										sheet.lateAt(),
										presences.stream().map(Presence::studentId).toList(), presences,
										sheet.absences());"""),
				Fault.of("a repeat is answered zero", STUDENTS, Fault.Driver.RACE, Promise.P7, STUDENT, STUDENT + """
						if (student != null) {
							refuse(arrival, now, PresenceReceipt.NO_OPEN_ROLL);
							return;
						}
						"""),
				Fault.of("a repeat gets a new time", STUDENTS, Fault.Driver.RACE, Promise.P7, STUDENT, STUDENT + """
						if (student != null) {
							student = StudentRow.arrived(student.studentId(), student.seq(), now);
						}
						"""),
				Fault.of("a removed student comes back by repeating", STUDENTS, Fault.Driver.RACE, Promise.P3,
						"if (student.counts()) {", "if (student.seq() > 0) {"),
				Fault.of("students are late a millisecond too late", "rollcall/roll/RollOptions.java",
						Fault.Driver.RACE, Promise.P5, "at >= this.lateAt.toEpochMilli()",
						"at > this.lateAt.toEpochMilli()"),
				Fault.of("a deadline is noticed outside the transaction", BATCH, Fault.Driver.RACE, Promise.P5,
						"\t\tthis.options.endOverdue(this.rolls.values(), this.now);\n", ""),
				Fault.of("the sheet of a roll that ended at its deadline is erased", TRANSACTION, Fault.Driver.RACE,
						Promise.P10, "\t\t\t\tendsAt, endsAt, roll.rollNo());\n",
						"\t\t\t\tendsAt, endsAt, roll.rollNo());\n\t\tnew Eraser(this.statements).forget(roll.rollNo());\n"),
				Fault.of("a restored student gets the time of the mark", "rollcall/roll/StudentRow.java",
						Fault.Driver.MODEL, Promise.CONTRACT, "first ? now : this.at", "now"),
				Fault.of("a start clears the open roll", BATCH, Fault.Driver.RACE, Promise.P7,
						"start.refuse(RollRefusals.rollAlreadyOpen(open, start.by().mayUse(open.owner())));\n\t\t\treturn;",
						"close(open);\n\t\t\tthis.store.discard(open.rollId(), Teacher.AT_THIS_MACHINE);"),
				Fault.of("seq from memory after a restart", ROW, Fault.Driver.KILL, Promise.P5,
						"row.getLong(5), row.getLong(6)", "row.getLong(5), SEQS.getOrDefault(row.getLong(2), 0L)",
						"\t\treturn ++this.lastSeq;\n",
						"\t\tSEQS.put(this.rollNo, ++this.lastSeq);\n\t\treturn this.lastSeq;\n",
						"\tprivate final long classId;\n",
						"\tprivate static final Map<Long, Long> SEQS = new HashMap<>();\n\n\tprivate final long classId;\n"),
				Fault.of("an end whose answer is lost is forgotten", TRANSACTION, Fault.Driver.RACE, Promise.P8,
						"if (!this.properties.keepsClosedSheets()) {", "if (this.properties.keepsClosedSheets()) {"),
				Fault.of("the times come from the clock when the answer is built", STUDENTS, Fault.Driver.RACE,
						Promise.P5, "Instant.ofEpochMilli(student.at())",
						"Instant.ofEpochMilli(System.currentTimeMillis() + 1)"),
				Fault.of("the numbers are kept only in memory", "rollcall/roll/sqlite/SqliteSession.java",
						Fault.Driver.RACE, Promise.P5, "numbers.row(roll.rollNo(), roll.lastSeq(),",
						"numbers.row(roll.rollNo(), 0L,"),
				Fault.of("a roll that nobody ended is erased", UPKEEP, Fault.Driver.WAITING, Promise.P10,
						"served + this.properties.waitingSheetRetention().toMillis(), roll.rollNo)",
						"served, roll.rollNo)"),
				Fault.of("the clock decides how long a sheet waits", UPKEEP, Fault.Driver.WAITING, Promise.P10,
						"WHERE ended_at IS NULL AND due IS NOT NULL", "WHERE due IS NOT NULL"),
				Fault.of("a code of the next step is accepted", "rollcall/roll/CodeSeries.java", Fault.Driver.RACE,
						Promise.P11, "contains(code, last - ACCEPTED_STEPS + 1, last)",
						"contains(code, last - ACCEPTED_STEPS + 1, last + 1)"),
				Fault.of("a code of another roll is accepted", CODES, Fault.Driver.RACE, Promise.P11,
						"if (codes.isValid(code, arrivedAt) ||",
						"if (this.series.asMap().values().stream().anyMatch((any) -> any.isValid(code, arrivedAt)) ||"),
				Fault.of("a repeat without a code is answered", CODES, Fault.Driver.RACE, Promise.P11,
						"return PresenceReceipt.CODE_MISSING;",
						"return recorded ? null : PresenceReceipt.CODE_MISSING;"),
				Fault.of("a code is judged at the commit", STUDENTS, Fault.Driver.CODES, Promise.P11,
						"roll, arrival.code(), arrivedAt, now,", "roll, arrival.code(), now, now,"),
				Fault.of("a ticket without its cookie is accepted", "rollcall/roll/CodeTickets.java",
						Fault.Driver.CODES, Promise.P11, "if (ticket == null || phone == null) {",
						"if (ticket == null) {", " + \" \" + code.number() + \" \" + phone;",
						" + \" \" + code.number();"),
				Fault.of("a node does not lock the roll", "rollcall/roll/postgres/PostgresSession.java",
						Fault.Driver.RACE_OF_A_CLUSTER, Promise.P5, "ORDER BY class_id FOR NO KEY UPDATE;",
						"ORDER BY class_id;"),
				Fault.of("a node does not tell what it missed", "rollcall/roll/postgres/NotificationListener.java",
						Fault.Driver.LISTENERS_ENDED, Promise.P9,
						"this.feed.publish(roll.eventsAfter(this.published.getOrDefault(rollId, 0L), connection));", """
								List<RollEvent> events = roll.eventsAfter(roll.lastSeq(), connection);
								this.feed.publish(events);"""),
				Fault.of("a node does not tell the marks that it missed", "rollcall/roll/postgres/StoredRoll.java",
						Fault.Driver.LISTENERS_ENDED, Promise.P9, "FROM presence WHERE roll_no = ? AND seq > ?",
						"FROM presence WHERE roll_no = ? AND seq > ? AND mark IS NULL"));
	}

}
