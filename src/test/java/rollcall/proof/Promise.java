package rollcall.proof;

/**
 * The promises of the server, one sentence each. The checker names a broken one.
 */
enum Promise {

	P1("a presence answered with the class's id is in exactly one sheet, that of the roll open when it was committed"),
	P2("a presence sent after the end's answer arrived is not acknowledged for that roll"),
	P3("a presence is answered zero when no roll is open, and is then in no sheet"),
	P4("a sheet holds nobody twice and nobody who did not ask"),
	P5("startedAt <= at <= endedAt, at never falls as seq rises, seq has no hole, the receipt's at is the sheet's"),
	P6("classes do not disturb each other"), P7("repeats change nothing and get the first answer"),
	P8("an unanswered request took effect wholly or not at all, and its retry tells"),
	P9("published means acknowledged: every event is in the store, numbered without gap or double, the end last"),
	P10("a sheet is erased only after it was handed over or its announced time is over, whatever the clock does"),
	CONTRACT("an answer that the contract does not know here");

	private final String text;

	Promise(String text) {
		this.text = text;
	}

	String text() {
		return this.text;
	}

}
