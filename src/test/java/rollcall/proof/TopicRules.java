package rollcall.proof;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Compares the events of a roll's topic with its sheet and with readings of the roll.
 */
final class TopicRules {

	private final Checker checker;

	private final Map<String, RollSpan> rolls;

	private final History history;

	TopicRules(Checker checker, Map<String, RollSpan> rolls, History history) {
		this.checker = checker;
		this.rolls = rolls;
		this.history = history;
	}

	/** Tells the rolls the numbers and times that events named. */
	void learn() {
		for (Watch watch : this.history.watches()) {
			RollSpan roll = this.rolls.get(watch.rollId());
			for (Watch.Event event : watch.events()) {
				if (roll != null && !event.ended()) {
					roll.numbers.add(event.seq());
				}
				if (roll != null && event.changed()) {
					roll.timesAfter.put(event.seq(), event.times());
				}
			}
		}
	}

	void check() {
		for (Watch watch : this.history.watches()) {
			RollSpan roll = this.rolls.get(watch.rollId());
			if (roll == null || roll.sheet == null) {
				report(watch.rollId(), "it was published for a roll without a sheet");
				continue;
			}
			Set<Long> last = lastNumbers(roll, roll.sheet);
			checkNumbers(watch, last);
			for (Watch.Event event : watch.events()) {
				checkEvent(watch, roll, roll.sheet, event, last);
			}
			this.history.calls().forEach((call) -> checkReading(watch, call));
		}
		this.history.views().forEach(this::checkView);
	}

	/** The numbers that no later change of the same thing replaced, as far as known. */
	private Set<Long> lastNumbers(RollSpan roll, Call.SeenSheet sheet) {
		Set<Long> numbers = new HashSet<>();
		sheet.entries().forEach((entry) -> numbers.add(entry.seq()));
		this.history.watches()
			.stream()
			.filter((watch) -> watch.rollId().equals(roll.rollId))
			.flatMap((watch) -> watch.events().stream())
			.filter(Watch.Event::changed)
			.mapToLong(Watch.Event::seq)
			.max()
			.ifPresent(numbers::add);
		return numbers;
	}

	/**
	 * After a failure a node publishes of each student and of the times only the last
	 * change, so other numbers may be missing then.
	 */
	private void checkNumbers(Watch watch, Set<Long> last) {
		List<Watch.Event> events = watch.events();
		for (int i = 1; i < events.size(); i++) {
			Watch.Event before = events.get(i - 1);
			Watch.Event event = events.get(i);
			long expected = before.seq() + (event.ended() ? 0 : 1);
			if (before.ended()) {
				report(watch.rollId(), event + " came after the end");
			}
			else if (event.seq() < expected || (watch.calm() && event.seq() > expected)
					|| LongStream.rangeClosed(before.seq() + 1, event.seq() - (event.ended() ? 0 : 1))
						.anyMatch(last::contains)) {
				report(watch.rollId(), event + " came after " + before);
			}
		}
		if (watch.calm() && !events.isEmpty() && !events.get(events.size() - 1).ended()) {
			report(watch.rollId(), "the end was never published; the last was " + events.get(events.size() - 1));
		}
	}

	private void checkEvent(Watch watch, RollSpan roll, Call.SeenSheet sheet, Watch.Event event, Set<Long> last) {
		if (!event.rollId().equals(roll.rollId) || event.classId() != roll.classId) {
			report(watch.rollId(), event + " is of another roll");
		}
		else if (event.ended()) {
			long most = last.stream().mapToLong(Long::longValue).max().orElse(0);
			boolean certain = roll.times.unanswered() == 0 && roll.code.unanswered() == 0;
			if (event.seq() < most || (certain && event.seq() > Math.max(most, lastTimes(roll)))
					|| !event.at().equals(sheet.endedAt())) {
				report(watch.rollId(), event + " is not the end of " + sheet);
			}
		}
		else if (event.changed()) {
			if (!roll.times.ever().contains(event.times())) {
				report(watch.rollId(), event + " has times that nobody set");
			}
		}
		else if (!event.ofStudent()) {
			report(watch.rollId(), event + " is of no known type");
		}
		else if (!isInSheet(roll, event.row()) || !isLabelled(roll, event.row(), watch.calm())) {
			report(watch.rollId(), event + " was published and is not in the sheet");
		}
	}

	private static long lastTimes(RollSpan roll) {
		return roll.timesAfter.isEmpty() ? 0 : roll.timesAfter.lastKey();
	}

	/** Whether the sheet has the row, or a later mark of the same student. */
	private static boolean isInSheet(RollSpan roll, Call.Entry row) {
		Call.Entry last = roll.entryOf(row.studentId());
		if (last == null || last.seq() < row.seq()) {
			return false;
		}
		if (last.seq() > row.seq()) {
			return last.isMarked() && (!last.counts() || !row.counts() || last.at().equals(row.at()));
		}
		return last.with(Call.SeenTimes.NONE).equals(row.with(Call.SeenTimes.NONE));
	}

	/**
	 * Whether late or not fits the times of the roll at that change. What a node missed
	 * during a failure, it publishes as it is now.
	 */
	private static boolean isLabelled(RollSpan roll, Call.Entry row, boolean calm) {
		Set<Call.SeenTimes> possible = new HashSet<>(roll.timesAt(row.seq()));
		if (!calm) {
			possible.addAll(roll.timesAfter.tailMap(row.seq()).values());
		}
		return possible.stream().anyMatch((times) -> row.with(times).equals(row));
	}

	private void checkView(View view) {
		RollSpan roll = this.rolls.get(view.rollId());
		if (roll == null || roll.sheet == null || !Objects.equals(view.lateAt(), roll.sheet.lateAt())
				|| !Set.copyOf(view.rows()).equals(Set.copyOf(roll.sheet.entries()))) {
			report(view.rollId(),
					"at the end a dashboard showed " + view + "; the sheet is " + ((roll != null) ? roll.sheet : null));
		}
	}

	/** An event published before a read began is in the result of the read. */
	private void checkReading(Watch watch, Call call) {
		if (call.reply() instanceof Call.Current current && current.rollId().equals(watch.rollId())) {
			for (Watch.Event event : watch.events()) {
				if (event.seen() < call.invoked() && (event.ended() || event.seq() > current.seq())) {
					report(watch.rollId(), event + " was published before a reading that showed seq " + current.seq());
				}
			}
		}
	}

	private void report(String rollId, String story) {
		this.checker.report(Promise.P9, "the topic of roll " + rollId + ": " + story);
	}

}
