package rollcall.console;

import java.util.List;

import rollcall.roll.CurrentRoll;
import rollcall.roll.Presence;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.RollEvent;
import rollcall.roll.Sheet;
import rollcall.roll.StartedRoll;

/** Reads the records of the contract from their JSON. */
final class Contract {

	private Contract() {
	}

	static StartedRoll startedRoll(byte[] json) {
		Fields fields = Fields.read(json);
		return new StartedRoll(fields.number("classId"), fields.id("rollId"), fields.instant("startedAt"),
				fields.text("topic"));
	}

	static CurrentRoll currentRoll(byte[] json) {
		Fields fields = Fields.read(json);
		return new CurrentRoll(fields.number("classId"), fields.id("rollId"), fields.instant("startedAt"),
				fields.text("topic"), fields.number("seq"), fields.optionalBoolean("full"), presences(fields));
	}

	static Sheet sheet(byte[] json) {
		Fields fields = Fields.read(json);
		return new Sheet(fields.number("classId"), fields.id("rollId"), fields.instant("startedAt"),
				fields.instant("endedAt"), fields.texts("studentIds"), presences(fields));
	}

	static PresenceReceipt presenceReceipt(byte[] json) {
		Fields fields = Fields.read(json);
		return new PresenceReceipt(fields.number("classId"), fields.text("studentId"), fields.instant("at"),
				fields.optionalText("reason"));
	}

	static RollEvent rollEvent(byte[] json) {
		Fields fields = Fields.read(json);
		return new RollEvent(fields.text("type"), fields.number("classId"), fields.id("rollId"), fields.number("seq"),
				fields.optionalText("studentId"), fields.instant("at"));
	}

	private static List<Presence> presences(Fields fields) {
		return fields.list("presences", Contract::presence);
	}

	private static Presence presence(Fields fields) {
		return new Presence(fields.number("seq"), fields.text("studentId"), fields.instant("at"));
	}

}
