package rollcall.proof;

import java.util.List;
import java.util.Map;

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

	void check() {
		for (Watch watch : this.history.watches()) {
			RollSpan roll = this.rolls.get(watch.rollId());
			checkNumbers(watch);
			if (roll == null || roll.sheet == null) {
				report(watch, "it was published for a roll without a sheet");
				continue;
			}
			for (Watch.Event event : watch.events()) {
				checkEvent(watch, roll, roll.sheet, event);
			}
			this.history.calls().forEach((call) -> checkReading(watch, call));
		}
	}

	private void checkNumbers(Watch watch) {
		List<Watch.Event> events = watch.events();
		for (int i = 1; i < events.size(); i++) {
			Watch.Event before = events.get(i - 1);
			Watch.Event event = events.get(i);
			if (before.ended()) {
				report(watch, event + " came after the end");
			}
			else if (event.seq() != before.seq() + (event.ended() ? 0 : 1)) {
				report(watch, event + " came after " + before);
			}
		}
		if (watch.calm() && !events.isEmpty() && !events.get(events.size() - 1).ended()) {
			report(watch, "the end was never published; the last was " + events.get(events.size() - 1));
		}
	}

	private void checkEvent(Watch watch, RollSpan roll, Call.SeenSheet sheet, Watch.Event event) {
		if (!event.rollId().equals(roll.rollId) || event.classId() != roll.classId) {
			report(watch, event + " is of another roll");
		}
		else if (event.ended()) {
			if (event.seq() != sheet.entries().size() || !event.at().equals(sheet.endedAt())) {
				report(watch, event + " is not the end of " + sheet);
			}
		}
		else if (!event.presence()) {
			report(watch, event + " is of no known type");
		}
		else if (event.seq() < 1 || event.seq() > sheet.entries().size()
				|| !sheet.entries()
					.get((int) event.seq() - 1)
					.equals(new Call.Entry(event.seq(), event.studentId(), event.at()))) {
			report(watch, event + " was published and is not in the sheet");
		}
	}

	/** An event published before a read began is in the result of the read. */
	private void checkReading(Watch watch, Call call) {
		if (call.reply() instanceof Call.Current current && current.rollId().equals(watch.rollId())) {
			for (Watch.Event event : watch.events()) {
				if (event.seen() < call.invoked() && (event.ended() || event.seq() > current.seq())) {
					report(watch, event + " was published before a reading that showed seq " + current.seq());
				}
			}
		}
	}

	private void report(Watch watch, String story) {
		this.checker.report(Promise.P9, "the topic of roll " + watch.rollId() + ": " + story);
	}

}
