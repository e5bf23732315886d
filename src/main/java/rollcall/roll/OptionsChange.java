package rollcall.roll;

/**
 * Changes when students are late, when the roll ends by itself, or whether presences need
 * a code.
 */
final class OptionsChange extends Change<RollState> {

	private final OptionsRequest options;

	private final RollMatch which;

	private final Teacher by;

	OptionsChange(long classId, OptionsRequest options, RollMatch which, Teacher by) {
		super(classId);
		this.options = options;
		this.which = which;
		this.by = by;
	}

	OptionsRequest options() {
		return this.options;
	}

	RollMatch which() {
		return this.which;
	}

	Teacher by() {
		return this.by;
	}

}
