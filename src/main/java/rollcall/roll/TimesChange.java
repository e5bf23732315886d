package rollcall.roll;

/**
 * Changes when students are late, or when the roll ends by itself.
 */
final class TimesChange extends Change<RollState> {

	private final TimesRequest times;

	private final RollMatch which;

	private final Teacher by;

	TimesChange(long classId, TimesRequest times, RollMatch which, Teacher by) {
		super(classId);
		this.times = times;
		this.which = which;
		this.by = by;
	}

	TimesRequest times() {
		return this.times;
	}

	RollMatch which() {
		return this.which;
	}

	Teacher by() {
		return this.by;
	}

}
