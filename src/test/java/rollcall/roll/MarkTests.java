package rollcall.roll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of a teacher's marks, without a database. */
class MarkTests {

	private static final long CLASS_ID = 42;

	private static final int MAX_STUDENTS = 3;

	private static final Teacher ANA = new Teacher("ana", false);

	private static final Teacher BEN = new Teacher("ben", false);

	private final MemoryStore store = new MemoryStore();

	private UUID rollId;

	@BeforeEach
	void start() throws StoreException {
		Change.Start start = new Change.Start(CLASS_ID, OptionsRequest.NOTHING, ANA);
		write(start);
		this.rollId = start.rollId();
	}

	@Test
	void aRemovedStudentIsNotInTheListAndStaysOut() throws StoreException {
		write(arrival("a"), arrival("b"));
		Instant removed = pass();
		Change.Mark mark = mark("a", Status.ABSENT);
		assertThat(write(mark)).containsExactly(
				RollEvent.ofStudent(CLASS_ID, this.rollId, new Presence(3, "a", removed, "absent", "teacher")));
		Instant asked = pass();
		Change.Arrival repeat = arrival("a");
		assertThat(write(repeat)).isEmpty();
		assertThat(repeat.answer().join())
			.isEqualTo(PresenceReceipt.refused("a", asked, PresenceReceipt.REMOVED_BY_TEACHER));
		Sheet sheet = end();
		assertThat(sheet.studentIds()).containsExactly("b");
		assertThat(sheet.absences()).containsExactly(mark.answer().join());
		assertThat(sheet.absences()).containsExactly(new Presence(3, "a", removed, "absent", "teacher"));
	}

	@Test
	void aRestoredStudentHasTheTimeAndThePlaceOfTheFirstArrival() throws StoreException {
		Instant first = time();
		write(arrival("a"), arrival("b"));
		pass();
		write(mark("a", Status.ABSENT));
		pass();
		Change.Mark restored = mark("a", Status.PRESENT);
		Change.Arrival repeat = arrival("a");
		write(restored, repeat);
		assertThat(restored.answer().join()).isEqualTo(new Presence(4, "a", first, null, "teacher"));
		assertThat(repeat.answer().join()).isEqualTo(PresenceReceipt.recorded(CLASS_ID, "a", first, false));
		Sheet sheet = end();
		assertThat(sheet.studentIds()).containsExactly("a", "b");
		assertThat(sheet.presences()).extracting(Presence::seq).containsExactly(4L, 2L);
		assertThat(sheet.absences()).isNull();
	}

	@Test
	void aStudentWhoNeverAnsweredIsAddedAtTheTimeOfTheMark() throws StoreException {
		write(arrival("a"), mark("b", Status.EXCUSED));
		Instant added = pass();
		Change.Mark mark = mark("b", Status.LATE);
		write(mark, arrival("c"));
		pass();
		Change.Arrival own = arrival("b");
		write(own);
		assertThat(mark.answer().join()).isEqualTo(new Presence(3, "b", added, "late", "teacher"));
		assertThat(own.answer().join()).isEqualTo(PresenceReceipt.recorded(CLASS_ID, "b", added, true));
		assertThat(end().studentIds()).containsExactly("a", "b", "c");
	}

	@ParameterizedTest
	@EnumSource(Status.class)
	void theSameMarkAgainChangesNothing(Status status) throws StoreException {
		write(arrival("a"));
		Change.Mark first = mark("a", status);
		write(first);
		pass();
		Change.Mark again = mark("a", status);
		assertThat(write(again)).isEmpty();
		assertThat(again.answer().join()).isEqualTo(first.answer().join());
	}

	@ParameterizedTest
	@EnumSource(Status.class)
	void aMarkInTheBatchOfTheArrivalIsWrittenOnce(Status status) throws StoreException {
		List<RollEvent> events = new ArrayList<>(write(arrival("a"), mark("a", status), arrival("b")));
		events.addAll(write(arrival("c")));
		assertThat(events).extracting(RollEvent::seq).containsExactly(1L, 2L, 3L, 4L);
		Sheet sheet = end();
		List<String> all = new ArrayList<>(sheet.studentIds());
		all.addAll(
				(sheet.absences() != null) ? sheet.absences().stream().map(Presence::studentId).toList() : List.of());
		assertThat(all).containsExactlyInAnyOrder("a", "b", "c");
		assertThat(sheet.studentIds().contains("a")).isEqualTo(status.counts());
	}

	@Test
	void aMarkIsRefusedWithoutTheRollOfItsTeacher() throws StoreException {
		Change.Mark foreign = new Change.Mark(CLASS_ID, "a", Status.PRESENT, RollMatch.ANY, BEN);
		Change.Mark other = new Change.Mark(CLASS_ID, "a", Status.PRESENT,
				new RollMatch(false, List.of(UUID.randomUUID())), ANA);
		Change.Mark closed = new Change.Mark(7, "a", Status.PRESENT, RollMatch.ANY, ANA);
		Change.Mark named = new Change.Mark(CLASS_ID, "b", Status.PRESENT, new RollMatch(false, List.of(this.rollId)),
				ANA);
		write(foreign, other, closed, named);
		StoreFixture.assertRefused(() -> foreign.answer().join(), ProblemType.NOT_YOUR_ROLL);
		StoreFixture.assertRefused(() -> other.answer().join(), ProblemType.ANOTHER_ROLL_OPEN);
		StoreFixture.assertRefused(() -> closed.answer().join(), ProblemType.NO_OPEN_ROLL);
		assertThat(named.answer().join().studentId()).isEqualTo("b");
		assertThat(end().studentIds()).containsExactly("b");
	}

	@Test
	void markedStudentsCountForTheLimit() throws StoreException {
		write(arrival("a"), mark("b", Status.ABSENT), mark("b", Status.EXCUSED), mark("c", Status.PRESENT));
		Change.Mark over = mark("d", Status.ABSENT);
		Change.Arrival arrival = arrival("d");
		Change.Mark known = mark("a", Status.ABSENT);
		write(over, arrival, known);
		StoreFixture.assertRefused(() -> over.answer().join(), ProblemType.ROLL_FULL);
		assertThat(arrival.answer().join().reason()).isEqualTo(PresenceReceipt.ROLL_FULL);
		assertThat(known.answer().join().status()).isEqualTo("absent");
	}

	private List<RollEvent> write(Change<?>... changes) throws StoreException {
		Batch batch = new Batch(this.store, MAX_STUDENTS, new RollCodes());
		batch.decide(List.of(changes));
		this.store.commit(batch);
		Arrays.asList(changes).forEach(Change::complete);
		return batch.events();
	}

	private Sheet end() throws StoreException {
		Change.End end = new Change.End(CLASS_ID, RollMatch.ANY, ANA);
		write(end);
		return end.answer().join();
	}

	/** Lets a second pass. Returns the new time. */
	private Instant pass() {
		this.store.now += 1_000;
		return time();
	}

	private Instant time() {
		return Instant.ofEpochMilli(this.store.now);
	}

	private static Change.Arrival arrival(String studentId) {
		return new Change.Arrival(CLASS_ID, studentId, SentCode.NONE);
	}

	private static Change.Mark mark(String studentId, Status status) {
		return new Change.Mark(CLASS_ID, studentId, status, RollMatch.ANY, ANA);
	}

}
