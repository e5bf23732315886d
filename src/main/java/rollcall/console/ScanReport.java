package rollcall.console;

import java.time.Instant;
import java.util.List;

import rollcall.console.Failure.ExitCode;
import rollcall.roll.Presence;
import rollcall.roll.PresenceReceipt;

/**
 * Prints one line for each typed or scanned id, with a mark, a colour and a sound for its
 * result. The recorder's thread calls it.
 */
final class ScanReport implements Recorder.Listener {

	private final TerminalContext context;

	private final long classId;

	private final Runnable waitingChanged;

	private int recorded;

	private int before;

	private int refused;

	private final LatestReason reason = new LatestReason();

	private boolean over;

	/**
	 * Creates a report.
	 * @param waitingChanged called when the number of ids that wait may have changed
	 */
	ScanReport(TerminalContext context, long classId, Runnable waitingChanged) {
		this.context = context;
		this.classId = classId;
		this.waitingChanged = waitingChanged;
	}

	@Override
	public void recorded(PresenceReceipt presence) {
		this.recorded++;
		answered(Mark.RECORDED, presence.at(), this.context.withName(presence.studentId()),
				this.context.text(Boolean.TRUE.equals(presence.late()) ? "scan.recorded-late" : "scan.recorded"));
	}

	@Override
	public void recordedBefore(PresenceReceipt presence, Instant now) {
		this.before++;
		answered(Mark.BEFORE, now, this.context.withName(presence.studentId()),
				this.context.text("scan.before", this.context.texts().time(presence.at())));
	}

	@Override
	public void refused(PresenceReceipt presence) {
		this.refused++;
		answered(Mark.REFUSED, presence.at(), this.context.withName(presence.studentId()),
				this.context.text("scan.refused", this.context.refusal("not-recorded.", this.classId, presence)));
	}

	@Override
	public void marked(Presence student) {
		this.recorded++;
		answered(Mark.RECORDED, student.at(), this.context.withName(student.studentId()),
				this.context.statusOf(student));
	}

	@Override
	public void failed(String line, Failure reason) {
		rejected(line, reason.message(this.context.texts()));
	}

	/** Reports a text that was not recorded. */
	void rejected(String typed, String why) {
		this.refused++;
		answered(Mark.REFUSED, this.context.clock().instant(), Texts.printable(typed),
				this.context.text("scan.refused", why));
	}

	private void answered(Mark mark, Instant at, String studentId, String result) {
		this.reason.clear();
		String line = "%s %s  %s  %s".formatted(mark.sign, this.context.texts().time(at), studentId, result);
		this.context.print(this.context.isColoured() ? mark.colour + line + "\u001b[0m" : line);
		this.waitingChanged.run();
		this.context.terminal().ring(mark.bells);
	}

	/** Says the reason once, until an answer arrives or the reason changes. */
	@Override
	public void waiting(int count, Failure failure) {
		warnOfWaiting(count, failure);
		this.waitingChanged.run();
	}

	private synchronized void warnOfWaiting(int count, Failure failure) {
		if (!this.over && this.reason.isNew(failure)) {
			this.context.warn(failure);
			this.context.warn(this.context.text("scan.waiting", count));
		}
	}

	/**
	 * Prints ids that were not sent, so that they can be scanned again. The recorder's
	 * thread may still wait for an answer: it reports no more that the server is silent.
	 */
	synchronized void warnOfUnsent(List<String> studentIds) {
		this.over = true;
		if (!studentIds.isEmpty()) {
			this.context.warn(this.context.text("scan.unsent", studentIds.size()));
			studentIds.forEach(this.context::warn);
		}
	}

	String summary() {
		return this.context.text("scan.summary", this.recorded, this.before, this.refused);
	}

	ExitCode exitCode() {
		return (this.refused == 0) ? ExitCode.DONE : ExitCode.REFUSED;
	}

	/** The three results, with the sign, the colour and the number of bells of each. */
	private enum Mark {

		RECORDED("+", "\u001b[32m", 1), BEFORE("=", "\u001b[33m", 2), REFUSED("!", "\u001b[1;31m", 3);

		private final String sign;

		private final String colour;

		private final int bells;

		Mark(String sign, String colour, int bells) {
			this.sign = sign;
			this.colour = colour;
			this.bells = bells;
		}

	}

}
