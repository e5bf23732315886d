package rollcall.proof;

import java.util.concurrent.TimeUnit;

/**
 * The knowledge of when the first second of a code was: between two instants of this
 * process's monotonic clock.
 *
 * @param earliest the code was certainly not accepted before
 * @param latest the code was certainly accepted then
 */
record CodeWindow(long earliest, long latest) {

	private static final long ACCEPTED = TimeUnit.SECONDS.toNanos(45);

	/**
	 * For how much too late a server may show a code: it asks the store for the time, and
	 * the first answer may be late.
	 */
	private static final long LAG = TimeUnit.SECONDS.toNanos(2);

	/** How long a ticket is valid. */
	private static final long TICKET = TimeUnit.SECONDS.toNanos(120);

	/** How far the time of a ticket may be from the store's time. */
	private static final long TICKET_TOLERANCE = TimeUnit.SECONDS.toNanos(1);

	/** All times in answers are whole milliseconds. */
	private static final long ROUNDING = TimeUnit.MILLISECONDS.toNanos(2);

	/** What an answer says about a code: its times count from some time of the call. */
	static CodeWindow of(Call call, Call.ShownCode code) {
		long from = TimeUnit.MILLISECONDS.toNanos(code.fromMs());
		return new CodeWindow(call.invoked() + from - LAG - ROUNDING, call.completed() + from + ROUNDING);
	}

	/** What two answers say together. */
	CodeWindow and(CodeWindow other) {
		return new CodeWindow(Math.max(this.earliest, other.earliest), Math.min(this.latest, other.latest));
	}

	/** Whether the code can have been accepted at some time between two instants. */
	boolean mayPermit(long from, long to) {
		return this.earliest <= to && from <= this.latest + ACCEPTED;
	}

	/** Whether the code was accepted the whole time between two instants. */
	boolean surelyPermits(long from, long to) {
		return this.latest <= from && to < this.earliest + ACCEPTED;
	}

	boolean mayPermit(Call.Ticket ticket, Call call) {
		return ticket.own() && call.invoked() <= ticket.renewed() + TICKET + LAG
				&& mayPermit(ticket.from() - LAG, ticket.to() + TICKET_TOLERANCE);
	}

	boolean surelyPermits(Call.Ticket ticket, Call call) {
		return ticket.own() && call.completed() + LAG < ticket.from() + TICKET
				&& surelyPermits(ticket.from() - LAG, ticket.to());
	}

	/** Whether the code can have been shown at the end of the call, or long before. */
	boolean mayBeShown(Call call) {
		return call.unanswered() || this.earliest <= call.completed();
	}

	/** Whether the code was surely shown before the call began. */
	boolean wasSurelyShown(Call call) {
		return this.latest <= call.invoked();
	}

}
