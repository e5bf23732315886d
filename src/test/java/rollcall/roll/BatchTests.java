package rollcall.roll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of a roll, without a database. */
class BatchTests {

	private static final long CLASS_ID = 42;

	private static final int MAX_STUDENTS = 3;

	private static final Teacher ANA = new Teacher("ana", false);

	private static final Teacher BEN = new Teacher("ben", false);

	private final MemoryStore store = new MemoryStore();

	@Test
	void aStartOpensTheRollAtTheTimeOfTheTransaction() throws StoreException {
		Change.Start start = start();
		write(start);
		assertThat(start.answer().join()).isEqualTo(
				new StartedRoll(CLASS_ID, start.rollId(), time(), null, null, null, "/topic/rolls." + start.rollId()));
	}

	@Test
	void aSecondStartIsRefusedAndTheRollStaysAsItIs() throws StoreException {
		Change.Start first = start();
		write(first, arrival("a"));
		Map<String, Object> open = Map.of("classId", CLASS_ID, "startedAt", time());
		this.store.now += 1_000;
		Change.Start second = start();
		assertThat(write(second)).isEmpty();
		assertRefused(second, ProblemType.ROLL_ALREADY_OPEN);
		assertThat(detailsOf(second)).containsAllEntriesOf(open)
			.containsEntry("rollId", first.rollId())
			.containsEntry("topic", "/topic/rolls." + first.rollId());
		Change.Start ofAnotherTeacher = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, BEN);
		write(ofAnotherTeacher);
		assertThat(detailsOf(ofAnotherTeacher)).isEqualTo(open);
		assertThat(endOf(RollMatch.ANY).studentIds()).containsExactly("a");
	}

	@Test
	void aSecondStartInTheSameBatchIsRefused() throws StoreException {
		Change.Start second = start();
		write(start(), second);
		assertRefused(second, ProblemType.ROLL_ALREADY_OPEN);
	}

	@Test
	void aTeacherWithTooManyOpenRollsCannotStartAnother() throws StoreException {
		List<Change<?>> starts = new ArrayList<>();
		for (long classId = 1; classId <= RollCallProperties.MAX_OPEN_ROLLS; classId++) {
			starts.add(new Change.Start(classId, OptionsRequest.NOTHING, ANA));
		}
		write(starts.toArray(Change<?>[]::new));
		Change.Start over = new Change.Start(5_000, OptionsRequest.NOTHING, ANA);
		Change.Start ofAnother = new Change.Start(5_000, OptionsRequest.NOTHING, BEN);
		Change.Start afterAnEnd = new Change.Start(5_001, OptionsRequest.NOTHING, ANA);
		write(over, ofAnother);
		write(new Change.End(1, RollMatch.ANY, ANA), afterAnEnd);
		assertRefused(over, ProblemType.TOO_MANY_ROLLS);
		assertThat(ofAnother.answer().join().classId()).isEqualTo(5_000);
		assertThat(afterAnEnd.answer().join().classId()).isEqualTo(5_001);
	}

	@Test
	void teachersWithoutANameCountAsOne() throws StoreException {
		List<Change<?>> starts = new ArrayList<>();
		for (long classId = 1; classId <= RollCallProperties.MAX_OPEN_ROLLS + 1; classId++) {
			starts.add(new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE));
		}
		write(starts.toArray(Change<?>[]::new));
		assertRefused(starts.get(RollCallProperties.MAX_OPEN_ROLLS), ProblemType.TOO_MANY_ROLLS);
	}

	@Test
	void aPresenceWithoutARollIsRefused() throws StoreException {
		Change.Arrival arrival = arrival("a");
		assertThat(write(arrival)).isEmpty();
		assertThat(arrival.answer().join())
			.isEqualTo(PresenceReceipt.refused("a", time(), PresenceReceipt.NO_OPEN_ROLL));
		assertThat(arrival.isRefused()).isTrue();
	}

	@Test
	void aRepeatedPresenceGetsTheFirstAnswerAndNoNumber() throws StoreException {
		Change.Start start = start();
		Change.Arrival first = arrival("a");
		Change.Arrival inTheSameBatch = arrival("a");
		assertThat(write(start, first, inTheSameBatch)).containsExactly(arrived(start.rollId(), 1, "a"));
		this.store.now += 5_000;
		Change.Arrival later = arrival("a");
		Batch batch = batch(later);
		assertThat(batch.events()).isEmpty();
		assertThat(batch.changed()).isEmpty();
		assertThat(batch.newPresences()).isZero();
		later.complete();
		assertThat(inTheSameBatch.answer().join()).isEqualTo(first.answer().join());
		assertThat(later.answer().join()).isEqualTo(first.answer().join());
	}

	@Test
	void aFullRollRefusesNewStudentsAndAnswersRecordedOnes() throws StoreException {
		write(start(), arrival("a"), arrival("b"));
		Change.Arrival last = arrival("c");
		Change.Arrival over = arrival("d");
		Change.Arrival repeated = arrival("a");
		write(last, over, repeated);
		assertThat(last.answer().join().classId()).isEqualTo(CLASS_ID);
		assertThat(over.answer().join()).isEqualTo(PresenceReceipt.refused("d", time(), PresenceReceipt.ROLL_FULL));
		assertThat(repeated.answer().join().classId()).isEqualTo(CLASS_ID);
		assertThat(endOf(RollMatch.ANY).studentIds()).containsExactly("a", "b", "c");
	}

	@Test
	void aPresenceAfterTheEndInTheSameBatchIsRefused() throws StoreException {
		write(start());
		Change.Arrival before = arrival("before");
		Change.End end = end(RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		Change.Arrival after = arrival("after");
		write(before, end, after);
		assertThat(end.answer().join().studentIds()).containsExactly("before");
		assertThat(after.answer().join().reason()).isEqualTo(PresenceReceipt.NO_OPEN_ROLL);
	}

	@Test
	void aPresenceAfterAnEndAndAStartInTheSameBatchIsInTheNewRoll() throws StoreException {
		write(start(), arrival("a"));
		Change.Start second = start();
		Change.Arrival again = arrival("a");
		List<RollEvent> events = write(end(RollMatch.ANY, Teacher.AT_THIS_MACHINE), second, again);
		assertThat(events).extracting(RollEvent::type).containsExactly(RollEvent.ENDED, RollEvent.PRESENCE);
		assertThat(events.get(1)).isEqualTo(arrived(second.rollId(), 1, "a"));
		assertThat(endOf(RollMatch.ANY).rollId()).isEqualTo(second.rollId());
	}

	@Test
	void timeNeverFallsInARoll() throws StoreException {
		write(start());
		Instant startedAt = time();
		this.store.now -= 3_600_000;
		Change.Arrival first = arrival("a");
		write(first);
		assertThat(first.answer().join().at()).isEqualTo(startedAt);
		this.store.now += 7_200_000;
		Instant later = time();
		write(arrival("b"));
		this.store.now -= 7_200_000;
		Sheet sheet = endOf(RollMatch.ANY);
		assertThat(sheet.presences()).extracting(Presence::at).containsExactly(startedAt, later);
		assertThat(sheet.endedAt()).isEqualTo(later);
	}

	@Test
	void numbersHaveNoHoleOverBatchesRepeatsAndRefusals() throws StoreException {
		List<RollEvent> events = new ArrayList<>(write(start(), arrival("a"), arrival("a")));
		events.addAll(write(arrival("a"), arrival("b"), arrival("b")));
		events.addAll(write(arrival("c"), arrival("over"), end(RollMatch.ANY, Teacher.AT_THIS_MACHINE)));
		assertThat(events).extracting(RollEvent::seq).containsExactly(1L, 2L, 3L, 3L);
	}

	@Test
	void classesAreDecidedInRisingOrderAndEachInItsOwnOrder() throws StoreException {
		Change.Start second = new Change.Start(2, OptionsRequest.NOTHING, ANA);
		Change.Start first = new Change.Start(1, OptionsRequest.NOTHING, ANA);
		List<RollEvent> events = write(second, first, new Change.Arrival(2, "a", SentCode.NONE),
				new Change.Arrival(1, "b", SentCode.NONE), new Change.Arrival(2, "c", SentCode.NONE));
		assertThat(events).extracting((event) -> event.classId() + " " + event.seq() + " " + event.studentId())
			.containsExactly("1 1 b", "2 1 a", "2 2 c");
	}

	@Test
	void anEndOfAnotherRollThanTheOpenOneIsRefused() throws StoreException {
		write(start(), arrival("a"));
		Change.End other = end(named(UUID.randomUUID()), Teacher.AT_THIS_MACHINE);
		assertThat(write(other)).isEmpty();
		assertRefused(other, ProblemType.ANOTHER_ROLL_OPEN);
		assertThat(endOf(RollMatch.ANY).studentIds()).containsExactly("a");
	}

	@Test
	void aRepeatedEndOfANamedRollGetsTheSameSheetAlsoWhileAnotherRollIsOpen() throws StoreException {
		Change.Start start = start();
		write(start, arrival("a"));
		Sheet sheet = endOf(named(start.rollId()));
		assertThat(endOf(named(start.rollId()))).isEqualTo(sheet);
		write(start());
		assertThat(endOf(named(start.rollId()))).isEqualTo(sheet);
	}

	@Test
	void anEndWithoutAnOpenRollHandsOverAWaitingSheetOnce() throws StoreException {
		write(start(), arrival("a"));
		Sheet sheet = endOf(RollMatch.ANY);
		this.store.letSheetsWait();
		Change.End end = end(RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		assertThat(write(end)).isEmpty();
		assertThat(end.answer().join()).isEqualTo(sheet);
		Change.End second = end(RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		write(second);
		assertRefused(second, ProblemType.NO_OPEN_ROLL);
	}

	@Test
	void anotherTeachersRollCannotBeEnded() throws StoreException {
		write(new Change.Start(CLASS_ID, OptionsRequest.NOTHING, ANA), arrival("a"));
		Change.End foreign = end(RollMatch.ANY, BEN);
		Change.End byAdmin = end(RollMatch.ANY, new Teacher("root", true));
		write(foreign, byAdmin);
		assertRefused(foreign, ProblemType.NOT_YOUR_ROLL);
		assertThat(byAdmin.answer().join().studentIds()).containsExactly("a");
	}

	@Test
	void aDiscardedSheetIsNotKept() throws StoreException {
		Change.Start start = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, ANA);
		write(start, end(RollMatch.ANY, ANA));
		Change.Discard foreign = new Change.Discard(CLASS_ID, start.rollId(), BEN);
		Change.Discard own = new Change.Discard(CLASS_ID, start.rollId(), ANA);
		Change.Discard second = new Change.Discard(CLASS_ID, start.rollId(), ANA);
		Change.End end = end(named(start.rollId()), ANA);
		write(foreign, own, second, end);
		assertRefused(foreign, ProblemType.SHEET_NOT_KEPT);
		assertThat(own.answer().join()).isTrue();
		assertRefused(second, ProblemType.SHEET_NOT_KEPT);
		assertRefused(end, ProblemType.NO_OPEN_ROLL);
	}

	@Test
	void afterAConflictEveryOutcomeIsDecidedAgain() throws StoreException {
		Change.Start start = start();
		Change.Arrival arrival = arrival("a");
		Change.End end = end(RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		batch(start, arrival, end);
		// Not committed: another node has opened a roll of the class meanwhile.
		Change.Start ofAnotherNode = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, ANA);
		write(ofAnotherNode);
		this.store.now += 1_000;
		List<RollEvent> events = write(start, arrival, end);
		assertRefused(start, ProblemType.ROLL_ALREADY_OPEN);
		assertThat(arrival.answer().join()).isEqualTo(PresenceReceipt.recorded(CLASS_ID, "a", time(), false));
		assertThat(end.answer().join().rollId()).isEqualTo(ofAnotherNode.rollId());
		assertThat(events).extracting(RollEvent::rollId).containsOnly(ofAnotherNode.rollId());
	}

	@Test
	void aRefusalIsReplacedWhenTheChangeIsDecidedAgain() throws StoreException {
		write(start());
		Change.Start second = start();
		batch(second);
		write(end(RollMatch.ANY, Teacher.AT_THIS_MACHINE));
		write(second);
		assertThat(second.answer().join().rollId()).isEqualTo(second.rollId());
	}

	/** Decides changes without a commit. */
	private Batch batch(Change<?>... changes) throws StoreException {
		Batch batch = new Batch(this.store, MAX_STUDENTS, new RollCodes());
		batch.decide(List.of(changes));
		return batch;
	}

	/** Decides, commits and completes changes. Returns the events. */
	private List<RollEvent> write(Change<?>... changes) throws StoreException {
		Batch batch = batch(changes);
		this.store.commit(batch);
		List.of(changes).forEach(Change::complete);
		return batch.events();
	}

	private Sheet endOf(RollMatch which) throws StoreException {
		Change.End end = end(which, Teacher.AT_THIS_MACHINE);
		write(end);
		return end.answer().join();
	}

	private RollEvent arrived(UUID rollId, long seq, String studentId) {
		return RollEvent.ofStudent(CLASS_ID, rollId, new Presence(seq, studentId, time()));
	}

	private Instant time() {
		return Instant.ofEpochMilli(this.store.now);
	}

	private static Change.Start start() {
		return new Change.Start(CLASS_ID, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
	}

	private static Change.Arrival arrival(String studentId) {
		return new Change.Arrival(CLASS_ID, studentId, SentCode.NONE);
	}

	private static Change.End end(RollMatch which, Teacher by) {
		return new Change.End(CLASS_ID, which, by);
	}

	private static RollMatch named(UUID rollId) {
		return new RollMatch(false, List.of(rollId));
	}

	private static Map<String, Object> detailsOf(Change<?> refused) {
		return refused.answer().handle((answer, failure) -> ((ProblemException) failure).details()).join();
	}

	private static void assertRefused(Change<?> change, ProblemType type) {
		StoreFixture.assertRefused(() -> change.answer().join(), type);
	}

}
