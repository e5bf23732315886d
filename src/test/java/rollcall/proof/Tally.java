package rollcall.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The counts of a proof over many histories. Each history is checked and then discarded.
 */
final class Tally {

	private static final int MAX_SHOWN = 10;

	private final List<Violation> violations = new ArrayList<>();

	private final List<Call> unanswered = new ArrayList<>();

	private long histories;

	private long recorded;

	private long refused;

	private long marks;

	private long changesOfTimes;

	private long refusedForCode;

	private long sheets;

	private long inSheets;

	private long readings;

	private long watches;

	private long events;

	void add(History history) {
		this.histories++;
		this.recorded += history.presences(Call.Recorded.class);
		this.refused += history.presences(Call.Refused.class);
		this.refusedForCode += history
			.count((call) -> call.reply() instanceof Call.Refused refused && refused.ofCode());
		history.calls()
			.stream()
			.filter((call) -> call.reply() instanceof Call.Unanswered)
			.forEach(this.unanswered::add);
		this.readings += history.count((call) -> call.reply() instanceof Call.Current);
		this.marks += history.count((call) -> call.reply() instanceof Call.Marked);
		this.changesOfTimes += history.count((call) -> call.reply() instanceof Call.TimesSet);
		for (Call call : history.calls()) {
			if (call.reply() instanceof Call.Ended ended) {
				this.sheets++;
				this.inSheets += ended.sheet().entries().size();
			}
		}
		this.watches += history.watches().size();
		this.events += history.watches().stream().mapToLong((watch) -> watch.events().size()).sum();
		this.violations.addAll(history.violations());
	}

	void report(Violation violation) {
		this.violations.add(violation);
	}

	long histories() {
		return this.histories;
	}

	long recorded() {
		return this.recorded;
	}

	/** The presences that were refused because of the code. */
	long refusedForCode() {
		return this.refusedForCode;
	}

	/** The answered marks. */
	long marks() {
		return this.marks;
	}

	/** The answered changes of a deadline or of the time from which students are late. */
	long changesOfTimes() {
		return this.changesOfTimes;
	}

	/** The requests without an answer, or with 503. */
	List<Call> unanswered() {
		return this.unanswered;
	}

	long events() {
		return this.events;
	}

	List<Violation> violations() {
		return this.violations;
	}

	/** Fails with the first violations if a promise was broken. */
	void assertKept() {
		if (!this.violations.isEmpty()) {
			StringBuilder stories = new StringBuilder(this + "\n");
			this.violations.stream().limit(MAX_SHOWN).forEach((violation) -> stories.append(violation).append('\n'));
			throw new AssertionError(stories);
		}
	}

	@Override
	public String toString() {
		return this.recorded + " presences recorded, " + this.refused + " refused (" + this.refusedForCode
				+ " because of the code), " + this.marks + " marks, " + this.changesOfTimes + " changes of times, "
				+ this.unanswered.size() + " requests unanswered, " + this.sheets + " sheets of " + this.inSheets
				+ " students, " + this.readings + " readings, " + this.events + " events at " + this.watches
				+ " watchers, " + this.violations.size() + " promises broken";
	}

}
