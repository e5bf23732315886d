package rollcall.console;

import java.time.Instant;

import rollcall.roll.Presence;
import rollcall.roll.Sheet;

/** How rolls are told, the same in every command. */
final class Report {

	private final Desk desk;

	Report(Desk desk) {
		this.desk = desk;
	}

	String opened(long classId, Instant startedAt) {
		return this.desk.text("roll.opened", classId, this.desk.times().dateAndTime(startedAt));
	}

	String open(long classId, Instant startedAt, long present) {
		return this.desk.text("roll.open", classId, this.desk.times().dateAndTime(startedAt), present);
	}

	String arrival(Presence presence) {
		return "%5d  %s  %s".formatted(presence.seq(), this.desk.times().time(presence.at()), presence.studentId());
	}

	String ended(long classId, Instant endedAt) {
		return this.desk.text("roll.ended", classId, this.desk.times().dateAndTime(endedAt));
	}

	/** Nothing but ids, one a line, between the first line and the last. */
	void sheet(Sheet sheet) {
		this.desk.say(ended(sheet.classId(), sheet.endedAt()));
		sheet.studentIds().forEach(this.desk.terminal().out()::println);
		this.desk.say(this.desk.text("roll.present", sheet.studentIds().size()));
	}

}
