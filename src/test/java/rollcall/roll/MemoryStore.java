package rollcall.roll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A store in memory for tests of the rules. Changes take effect at the commit, as in the
 * real stores; an end keeps its sheet.
 */
final class MemoryStore implements BatchStore {

	/** The time of the next transaction, epoch milliseconds. */
	long now = 1_800_000_000_000L;

	/** Happens before and after the store reads its clock. */
	Runnable pauseBeforeNow = () -> {
	};

	Runnable pauseAfterNow = () -> {
	};

	/** The last refused presences without a roll, by class. */
	final Map<Long, Long> refused = new HashMap<>();

	private final Map<Long, Stored> open = new HashMap<>();

	private final List<Kept> kept = new ArrayList<>();

	private Map<Long, Stored> changedOpen = new HashMap<>();

	private List<Kept> changedKept = new ArrayList<>();

	private long lastRollNo;

	@Override
	public long lock(List<Long> classIds, List<Change.OfStudent<?>> students, Map<Long, OpenRow> rolls) {
		this.changedOpen = new HashMap<>(this.open);
		this.changedKept = new ArrayList<>(this.kept);
		for (long classId : classIds) {
			Stored roll = this.open.get(classId);
			if (roll != null) {
				rolls.put(classId, roll.copy());
			}
		}
		for (Change.OfStudent<?> change : students) {
			Stored roll = this.open.get(change.classId());
			if (roll != null && roll.students.containsKey(change.studentId())) {
				rolls.get(change.classId()).remember(roll.students.get(change.studentId()));
			}
		}
		this.pauseBeforeNow.run();
		long told = this.now;
		this.pauseAfterNow.run();
		return told;
	}

	@Override
	public void lockOwners(Collection<String> owners) {
	}

	@Override
	public long countOpen(String owner) {
		return this.changedOpen.values()
			.stream()
			.filter((roll) -> owner.equals((roll.row.owner() != null) ? roll.row.owner() : ""))
			.count();
	}

	@Override
	public OpenRow start(long classId, UUID rollId, @Nullable String owner, long startedAt, @Nullable String codeKey,
			RollOptions options) {
		OpenRow row = new OpenRow(classId, ++this.lastRollNo, rollId, owner, startedAt, codeKey, options);
		this.changedOpen.put(classId, new Stored(row, Map.of()));
		return row;
	}

	@Override
	public void mark(OpenRow row, StudentRow student) {
		this.changedOpen.compute(row.classId(), (classId, roll) -> roll.with(row, List.of(student)));
	}

	@Override
	public Sheet end(OpenRow row, long endedAt) {
		Stored roll = this.changedOpen.remove(row.classId()).with(row, row.arrivals());
		List<Presence> all = roll.students.values()
			.stream()
			.sorted(Comparator.comparingLong(StudentRow::firstSeq))
			.map((student) -> student.shown(row.options()))
			.toList();
		List<Presence> presences = all.stream().filter(Presence::counts).toList();
		List<Presence> absences = all.stream().filter((student) -> !student.counts()).toList();
		Sheet sheet = new Sheet(row.classId(), row.rollId(), Instant.ofEpochMilli(row.startedAt()),
				Instant.ofEpochMilli(endedAt), row.options().lateAt(),
				presences.stream().map(Presence::studentId).toList(), presences, absences.isEmpty() ? null : absences);
		this.changedKept.add(new Kept(sheet, row.owner(), false));
		return sheet;
	}

	@Override
	public void setOptions(OpenRow row) {
		this.changedOpen.compute(row.classId(), (classId, roll) -> roll.with(row, List.of()));
	}

	@Override
	public void expire(OpenRow row, long endsAt) {
		end(row, endsAt);
		this.changedKept.replaceAll(
				(each) -> each.sheet.rollId().equals(row.rollId()) ? new Kept(each.sheet, each.owner, true) : each);
	}

	@Override
	public void countAfterEnd(Map<Long, Long> refused, long since) {
		this.refused.putAll(refused);
	}

	@Override
	public Optional<Sheet> handOver(long classId, RollMatch which, Teacher by) {
		for (Kept each : this.changedKept) {
			boolean meant = which.any() ? each.waiting : which.rollIds().contains(each.sheet.rollId());
			if (meant && each.sheet.classId() == classId && by.mayUse(each.owner)) {
				this.changedKept.set(this.changedKept.indexOf(each), new Kept(each.sheet, each.owner, false));
				return Optional.of(each.sheet);
			}
		}
		return Optional.empty();
	}

	@Override
	public boolean discard(UUID rollId, Teacher by) {
		return this.changedKept.removeIf((each) -> each.sheet.rollId().equals(rollId) && by.mayUse(each.owner));
	}

	/** The secret of the codes of an open roll. */
	String codeKey(long classId) {
		return Objects.requireNonNull(this.open.get(classId).row.codeKey());
	}

	/** Writes the new arrivals of a batch and commits. */
	void commit(Batch batch) {
		for (OpenRow row : batch.changed()) {
			this.changedOpen.computeIfPresent(row.classId(), (classId, roll) -> roll.with(row, row.arrivals()));
		}
		this.open.clear();
		this.open.putAll(this.changedOpen);
		this.kept.clear();
		this.kept.addAll(this.changedKept);
	}

	/** Marks all kept sheets as waiting for their teachers. */
	void letSheetsWait() {
		this.kept.replaceAll((each) -> new Kept(each.sheet, each.owner, true));
	}

	/** A kept sheet. */
	private record Kept(Sheet sheet, @Nullable String owner, boolean waiting) {
	}

	/** An open roll with its students. */
	private record Stored(OpenRow row, Map<String, StudentRow> students) {

		/** The row as a transaction reads it. */
		OpenRow copy() {
			return new OpenRow(this.row.classId(), this.row.rollNo(), this.row.rollId(), this.row.owner(),
					this.row.startedAt(), this.row.lastSeq(), this.row.lastAt(), this.row.corrections(),
					this.row.absent(), this.row.codeKey(), this.row.options());
		}

		Stored with(OpenRow row, List<StudentRow> changed) {
			Map<String, StudentRow> all = new LinkedHashMap<>(this.students);
			changed.forEach((student) -> all.put(student.studentId(), student));
			return new Stored(row, all);
		}

	}

}
