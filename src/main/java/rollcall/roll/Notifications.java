package rollcall.roll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * How a commit's events travel to every node: as the payloads of PostgreSQL's NOTIFY. A
 * line is one roll's: {@code rollId classId seq}, and then a student and a time for each
 * presence from that number on, or {@code ! time} for the end after that number. Times
 * are epoch milliseconds. A payload has as many lines as fit. Numbers make every payload
 * of a transaction another one, for PostgreSQL delivers equal ones once.
 */
final class Notifications {

	static final String CHANNEL = "rollcall";

	/** What PostgreSQL takes is less than 8,000 bytes, and every character is one. */
	private static final int MAX_PAYLOAD = 7_999;

	private static final String ENDED = "!";

	private final List<String> payloads = new ArrayList<>();

	private final StringBuilder payload = new StringBuilder();

	private Notifications() {
	}

	/**
	 * Writes events as payloads.
	 * @param events the events of one transaction, in order
	 * @return payloads that hold them in this order
	 */
	static List<String> encode(List<RollEvent> events) {
		Notifications notifications = new Notifications();
		RollEvent previous = null;
		for (RollEvent event : events) {
			notifications.add(event, previous);
			previous = event;
		}
		notifications.payloads.add(notifications.payload.toString());
		return notifications.payloads;
	}

	private void add(RollEvent event, @Nullable RollEvent previous) {
		String entry = " " + ((event.studentId() != null) ? event.studentId() : ENDED) + " "
				+ event.at().toEpochMilli();
		boolean continues = previous != null && previous.rollId().equals(event.rollId())
				&& event.seq() == previous.seq() + 1;
		if (continues && this.payload.length() + entry.length() <= MAX_PAYLOAD) {
			this.payload.append(entry);
			return;
		}
		String line = event.rollId() + " " + event.classId() + " " + event.seq() + entry;
		if (this.payload.length() + 1 + line.length() > MAX_PAYLOAD) {
			this.payloads.add(this.payload.toString());
			this.payload.setLength(0);
		}
		if (!this.payload.isEmpty()) {
			this.payload.append('\n');
		}
		this.payload.append(line);
	}

	/**
	 * Reads the events of a payload.
	 * @param payload what {@link #encode} has written
	 * @return the events, in order
	 * @throws RuntimeException if somebody else has written it
	 */
	static List<RollEvent> decode(String payload) {
		List<RollEvent> events = new ArrayList<>();
		for (String line : payload.split("\n")) {
			String[] parts = line.split(" ");
			UUID rollId = UUID.fromString(parts[0]);
			long classId = Long.parseLong(parts[1]);
			long seq = Long.parseLong(parts[2]);
			for (int i = 3; i < parts.length; i += 2) {
				Instant at = Instant.ofEpochMilli(Long.parseLong(parts[i + 1]));
				events.add(parts[i].equals(ENDED) ? new RollEvent(RollEvent.ENDED, classId, rollId, seq, null, at)
						: new RollEvent(RollEvent.PRESENCE, classId, rollId, seq++, parts[i], at));
			}
		}
		return events;
	}

}
