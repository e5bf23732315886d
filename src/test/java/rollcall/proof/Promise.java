package rollcall.proof;

/**
 * The promises of the server, one sentence each. The checker names a broken one.
 */
enum Promise {

	P1("a presence answered with the class's id is in exactly one sheet, that of the roll open when it was committed, "
			+ "unless the teacher removed the student"),
	P2("a presence sent after the end's answer arrived is not acknowledged for that roll"),
	P3("a presence is answered zero when no roll is open, or the teacher removed the student, and is in no sheet then"),
	P4("a sheet contains no student twice, and no student who sent no presence and was not marked"),
	P5("startedAt <= at <= endedAt, at of rows without a mark never falls as seq rises, seq has no hole, "
			+ "the receipt's at is the sheet's"),
	P6("classes do not affect each other"), P7("repeats change nothing and get the first answer"),
	P8("an unanswered request took effect completely or not at all, and a retry shows which"),
	P9("every published event is in the store; the numbers have no gap and no repeat, and the end is the last event"),
	P10("a sheet is erased only after it was handed over or its announced time is over, whatever the clock does"),
	P11("with a code required, no presence is acknowledged without a code or ticket valid at its arrival, except one that "
			+ "the teacher set; a right code is never refused, and no answer without a code tells who is present"),
	CONTRACT("the contract does not allow this answer here");

	private final String text;

	Promise(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

}
