package rollcall.proof;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The proofs can fail: for each mistake, planted in the real source, the matching driver
 * finds a broken promise.
 */
class PlantedFaultsIT {

	private static final String WRITER = "rollcall/roll/RollWriter.java";

	private static final String SESSION = "rollcall/roll/WriteSession.java";

	private static final String SETTLE = "batch.forEach(Change::settle);\n";

	private static final String PUBLISH = "this.feed.publish(events);\n";

	private static final String COMMIT = "\t\tsession.commit();\n";

	@TempDir
	Path folder;

	@ParameterizedTest
	@MethodSource("faults")
	void aPlantedFaultIsCaught(Fault fault) throws Exception {
		Path altered = fault.plant(this.folder);
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).altered(altered).start()) {
			Tally tally = switch (fault.driver()) {
				case RACE -> new RaceDriver(Volume.seed()).run(server.base(), 20_000);
				case KILL -> new KillDriver(server, Volume.seed()).run(2);
				case FAILING_DISK -> new FailingDiskDriver(server, Volume.seed()).run(5);
			};
			assertThat(tally.violations()).as("%s is caught: %s", fault, tally)
				.extracting(Violation::promise)
				.contains(fault.broken());
			System.out.println("planted fault \"" + fault + "\" is caught after " + tally.recorded() + " presences: "
					+ tally.violations().stream().map(Violation::promise).distinct().sorted().toList());
		}
	}

	static Stream<Fault> faults() {
		return Stream.of(
				Fault.of("acknowledge before commit", WRITER, Fault.Driver.FAILING_DISK, Promise.P1, COMMIT, "", SETTLE,
						SETTLE + COMMIT),
				Fault.of("publish before commit", WRITER, Fault.Driver.FAILING_DISK, Promise.P9, COMMIT,
						"\t\t" + PUBLISH + COMMIT, SETTLE + "\t\t" + PUBLISH, SETTLE),
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
										presences.stream().map(Presence::studentId).toList(), presences);"""),
				Fault.of("a repeat is answered zero", SESSION, Fault.Driver.RACE, Promise.P7,
						"arrival.grant(PresenceReceipt.recorded(roll.classId, arrival.studentId(),\n"
								+ "\t\t\t\t\tInstant.ofEpochMilli(firstRecorded(roll, arrival.studentId()))));",
						"arrival.grant(PresenceReceipt.refused(arrival.studentId(), Instant.ofEpochMilli(at)));"),
				Fault.of("a repeat gets a new time", SESSION, Fault.Driver.RACE, Promise.P7,
						"Instant.ofEpochMilli(firstRecorded(roll, arrival.studentId()))", "Instant.ofEpochMilli(at)"),
				Fault.of("a start clears the open roll", SESSION, Fault.Driver.RACE, Promise.P7,
						"start.refuse(new RollAlreadyOpenException(start.classId(), "
								+ "Instant.ofEpochMilli(open.get().startedAt)));\n\t\t\treturn;",
						"erase(open.get().rollNo);"),
				Fault.of("seq from memory after a restart", SESSION, Fault.Driver.KILL, Promise.P5,
						"UUID.fromString(row.getString(2)),\n\t\t\t\t\trow.getString(6), row.getLong(3), row.getLong(4), row.getLong(5)",
						"UUID.fromString(row.getString(2)),\n\t\t\t\t\trow.getString(6), row.getLong(3), "
								+ "SEQS.getOrDefault(row.getLong(1), 0L), row.getLong(5)",
						"\t\troll.lastSeq++;\n", "\t\troll.lastSeq++;\n\t\tSEQS.put(roll.rollNo, roll.lastSeq);\n",
						"\tprivate final Connection connection;\n",
						"\tprivate static final Map<Long, Long> SEQS = new HashMap<>();\n\n"
								+ "\tprivate final Connection connection;\n"),
				Fault.of("an end whose answer is lost is forgotten", SESSION, Fault.Driver.RACE, Promise.P8,
						"if (!this.keepsClosedSheets) {", "if (this.keepsClosedSheets) {"),
				Fault.of("the times come from the clock when the answer is built", SESSION, Fault.Driver.RACE,
						Promise.P5,
						"arrival.grant(PresenceReceipt.recorded(roll.classId, arrival.studentId(), instant));",
						"arrival.grant(PresenceReceipt.recorded(roll.classId, arrival.studentId(), "
								+ "Instant.ofEpochMilli(this.clock.millis())));"),
				Fault.of("the numbers are kept only in memory", SESSION, Fault.Driver.RACE, Promise.P5,
						"roll.isPresent() && roll.get().changed", "roll.isPresent() && roll.get().lastSeq < 0"));
	}

}
