package rollcall.proof;

/**
 * The state of a class as its teacher knows it. The teacher keeps it across all failures.
 */
final class Classroom {

	private final long classId;

	private final CodeBook codes;

	/** The roll to end; empty while none is known to be open. */
	private String rollId = "";

	/**
	 * Creates a class.
	 * @param code whether its rolls require a code
	 */
	Classroom(long classId, boolean code) {
		this.classId = classId;
		this.codes = new CodeBook(code);
	}

	/** What its students know about the codes. */
	CodeBook codes() {
		return this.codes;
	}

	long classId() {
		return this.classId;
	}

	String rollId() {
		return this.rollId;
	}

	boolean isOpen() {
		return !this.rollId.isEmpty();
	}

	void open(RollCallClient teacher) {
		refresh(teacher);
		if (this.rollId.isEmpty()) {
			this.codes.forget();
			if (teacher.start(this.classId, Call.Times.NONE, this.codes.isUsed()) instanceof Call.Started started) {
				this.rollId = started.rollId();
			}
		}
		showCodes(teacher);
	}

	/** Shows the students the codes, if those that they have seen are old. */
	void showCodes(RollCallClient teacher) {
		if (isOpen() && this.codes.isOld()) {
			this.codes.show(teacher, this.classId);
		}
	}

	/** Reads the state that a lost answer would have contained. */
	private void refresh(RollCallClient teacher) {
		Call.Reply open = teacher.read(this.classId, 0);
		if (!this.rollId.isEmpty() && open instanceof Call.NoneOpen) {
			end(teacher);
		}
		if (this.rollId.isEmpty() && open instanceof Call.Current current) {
			this.rollId = current.rollId();
		}
	}

	void end(RollCallClient teacher) {
		if (!this.rollId.isEmpty() && teacher.end(this.classId, this.rollId) instanceof Call.Ended) {
			this.rollId = "";
		}
	}

	void finish(RollCallClient teacher) {
		refresh(teacher);
		end(teacher);
	}

}
