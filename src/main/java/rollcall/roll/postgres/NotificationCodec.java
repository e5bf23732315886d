package rollcall.roll.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Presence;
import rollcall.roll.RollEvent;
import rollcall.roll.RollOptions;

/**
 * Encodes the events of a commit as payloads of PostgreSQL's NOTIFY. A payload has lines,
 * and a line has events of one roll. It begins with {@code rollId classId seq}. Then
 * follow {@code studentId time} for each student, numbered from {@code seq}, or
 * {@code ! time} for the end of the roll, after the change {@code seq}. Times are epoch
 * milliseconds. After the time of a student follow the first letter of the status, if the
 * student is not present, and {@code +}, if the teacher set it. A change of the options
 * is {@code * time/lateAt/endsAt}, then {@code /c} if a presence needs a code. All
 * payloads of a transaction differ by their numbers: PostgreSQL would deliver equal
 * payloads only once.
 */
final class NotificationCodec {

	static final String CHANNEL = "rollcall";

	/** PostgreSQL's limit in bytes. Every character of a payload is one byte. */
	private static final int MAX_PAYLOAD = 7_999;

	private static final String ENDED = "!";

	private static final String CHANGED = "*";

	private static final String NEVER = "-";

	/** After the times, if a presence needs a code. An older version ignores it. */
	private static final String CODE = "c";

	private static final String BY_TEACHER = "+";

	private static final Pattern STUDENT = Pattern.compile("(\\d+)([lea]?)(\\+?)");

	private static final Map<String, String> STATUS = Map.of("l", "late", "e", "excused", "a", "absent");

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
		String entry = " " + entry(event);
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

	private static String entry(RollEvent event) {
		long at = event.at().toEpochMilli();
		if (event.studentId() != null) {
			return event.studentId() + " " + at + ((event.status() != null) ? event.status().charAt(0) : "")
					+ ((event.by() != null) ? BY_TEACHER : "");
		}
		return event.type().equals(RollEvent.ENDED) ? ENDED + " " + at : CHANGED + " " + at + "/"
				+ millis(event.lateAt()) + "/" + millis(event.endsAt()) + ((event.code() != null) ? "/" + CODE : "");
	}

	private static String millis(@Nullable Instant instant) {
		return (instant != null) ? String.valueOf(instant.toEpochMilli()) : NEVER;
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
				events.add(switch (parts[i]) {
					case ENDED -> RollEvent.ended(classId, rollId, seq, time(parts[i + 1]));
					case CHANGED -> changed(classId, rollId, seq++, parts[i + 1].split("/"));
					default -> RollEvent.ofStudent(classId, rollId, student(seq++, parts[i], parts[i + 1]));
				});
			}
		}
		return events;
	}

	private static Presence student(long seq, String studentId, String state) {
		Matcher parts = STUDENT.matcher(state);
		if (!parts.matches()) {
			throw new IllegalArgumentException("not the state of a student");
		}
		return new Presence(seq, studentId, time(parts.group(1)), STATUS.get(parts.group(2)),
				parts.group(3).isEmpty() ? null : Presence.TEACHER);
	}

	private static RollEvent changed(long classId, UUID rollId, long seq, String[] options) {
		return RollEvent.changed(classId, rollId, seq, time(options[0]),
				new RollOptions(options[1].equals(NEVER) ? null : time(options[1]),
						options[2].equals(NEVER) ? null : time(options[2]), options.length > 3));
	}

	private static Instant time(String text) {
		return Instant.ofEpochMilli(Long.parseLong(text));
	}

}
