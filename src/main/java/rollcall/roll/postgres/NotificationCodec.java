package rollcall.roll.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import rollcall.roll.RollEvent;

/**
 * Encodes the events of a commit as payloads of PostgreSQL's NOTIFY. A payload has lines,
 * and a line has events of one roll. It begins with {@code rollId classId seq}. Then
 * follow {@code studentId time} for each presence, numbered from {@code seq}, or
 * {@code ! time} for the end of the roll, after the presence {@code seq}. Times are epoch
 * milliseconds. All payloads of a transaction differ by their numbers: PostgreSQL would
 * deliver equal payloads only once.
 */
final class NotificationCodec {

	static final String CHANNEL = "rollcall";

	/** PostgreSQL's limit in bytes. Every character of a payload is one byte. */
	private static final int MAX_PAYLOAD = 7_999;

	private static final String ENDED = "!";

	private final List<String> payloads = new ArrayList<>();

	private final StringBuilder payload = new StringBuilder();

	private NotificationCodec() {
	}

	/**
	 * Writes events as payloads.
	 * @param events the events of one transaction, in order
	 * @return payloads that hold the events in this order
	 */
	static List<String> encode(List<RollEvent> events) {
		NotificationCodec codec = new NotificationCodec();
		RollEvent previous = null;
		for (RollEvent event : events) {
			codec.add(event, previous);
			previous = event;
		}
		codec.payloads.add(codec.payload.toString());
		return codec.payloads;
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
	 * @param payload a payload that {@link #encode} has written
	 * @return the events, in order
	 * @throws RuntimeException if the payload has another form
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
				events.add(parts[i].equals(ENDED) ? RollEvent.ended(classId, rollId, seq, at)
						: RollEvent.presence(classId, rollId, seq++, parts[i], at));
			}
		}
		return events;
	}

}
