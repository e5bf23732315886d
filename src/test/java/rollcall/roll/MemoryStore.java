package rollcall.roll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A store in memory for tests of the rules. Changes take effect at the commit, as in the
 * real stores; an end keeps its sheet.
 */
final class MemoryStore implements Batch.Store {

	/** The time of the next transaction, epoch milliseconds. */
	long now = 1_800_000_000_000L;

	private final Map<Long, Stored> open = new HashMap<>();

	private final List<Kept> kept = new ArrayList<>();

	private Map<Long, Stored> changedOpen = new HashMap<>();

	private List<Kept> changedKept = new ArrayList<>();

	private long lastRollNo;

	@Override
	public long lock(List<Long> classIds, List<Change.Arrival> arrivals, Map<Long, OpenRow> rolls) {
		this.changedOpen = new HashMap<>(this.open);
		this.changedKept = new ArrayList<>(this.kept);
		for (long classId : classIds) {
			Stored roll = this.open.get(classId);
			if (roll != null) {
				rolls.put(classId, roll.row());
			}
		}
		for (Change.Arrival arrival : arrivals) {
			Stored roll = this.open.get(arrival.classId());
			if (roll != null && roll.times.containsKey(arrival.studentId())) {
				rolls.get(arrival.classId()).remember(arrival.studentId(), roll.times.get(arrival.studentId()));
			}
		}
		return this.now;
	}

	@Override
	public void lockOwners(Collection<String> owners) {
	}

	@Override
	public long countOpen(String owner) {
		return this.changedOpen.values()
			.stream()
			.filter((roll) -> owner.equals((roll.owner != null) ? roll.owner : ""))
			.count();
	}

	@Override
	public OpenRow start(long classId, UUID rollId, @Nullable String owner, long startedAt) {
		Stored roll = new Stored(classId, ++this.lastRollNo, rollId, owner, startedAt, startedAt,
				new LinkedHashMap<>());
		this.changedOpen.put(classId, roll);
		return roll.row();
	}

	@Override
	public Sheet end(OpenRow row, long endedAt) {
		Stored roll = this.changedOpen.remove(row.classId()).with(row);
		List<Presence> presences = new ArrayList<>();
		roll.times.forEach((studentId, at) -> presences
			.add(new Presence(presences.size() + 1, studentId, Instant.ofEpochMilli(at))));
		Sheet sheet = new Sheet(roll.classId, roll.rollId, Instant.ofEpochMilli(roll.startedAt),
				Instant.ofEpochMilli(endedAt), List.copyOf(roll.times.keySet()), presences);
		this.changedKept.add(new Kept(sheet, roll.owner, false));
		return sheet;
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

	/** Writes the new presences of a batch and commits. */
	void commit(Batch batch) {
		for (OpenRow row : batch.changed()) {
			this.changedOpen.computeIfPresent(row.classId(), (classId, roll) -> roll.with(row));
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

	/** An open roll with the times of its students in order of number. */
	private record Stored(long classId, long rollNo, UUID rollId, @Nullable String owner, long startedAt, long lastAt,
			Map<String, Long> times) {

		OpenRow row() {
			return new OpenRow(this.classId, this.rollNo, this.rollId, this.owner, this.startedAt, this.times.size(),
					this.lastAt);
		}

		Stored with(OpenRow row) {
			Map<String, Long> all = new LinkedHashMap<>(this.times);
			row.newPresences().forEach((studentId) -> all.put(studentId, row.lastAt()));
			return new Stored(this.classId, this.rollNo, this.rollId, this.owner, this.startedAt, row.lastAt(), all);
		}

	}

}
