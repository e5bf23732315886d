package rollcall.roll.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import rollcall.roll.ClassId;
import rollcall.roll.Presence;
import rollcall.roll.RollEvent;
import rollcall.roll.RollOptions;

import static org.assertj.core.api.Assertions.assertThat;

class NotificationCodecTests {

	private static final List<String> STATUS = List.of("present", "present", "late", "excused", "absent");

	/** Events in the order of a transaction: roll after roll, some of them ended. */
	@RepeatedTest(200)
	void decodedEventsEqualTheEncodedOnes(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		List<RollEvent> events = new ArrayList<>();
		for (int roll = random.nextInt(40) + 1; roll > 0; roll--) {
			UUID rollId = new UUID(random.nextLong(), random.nextLong());
			long classId = 1 + random.nextLong(ClassId.MAX);
			long seq = random.nextInt(3) * random.nextLong(1_000_000);
			Instant at = Instant.ofEpochMilli(1_800_000_000_000L + random.nextInt(1_000_000));
			for (int i = random.nextInt(80); i > 0; i--) {
				String studentId = studentId(random);
				events.add(RollEvent.ofStudent(classId, rollId, state(random, new Presence(++seq, studentId, at))));
			}
			if (random.nextInt(4) == 0) {
				events.add(RollEvent.changed(classId, rollId, ++seq, at,
						new RollOptions(random.nextBoolean() ? at.plusMillis(1) : null,
								random.nextBoolean() ? at.plusMillis(2) : null, random.nextBoolean())));
				events.add(RollEvent.ofStudent(classId, rollId, new Presence(++seq, studentId(random), at)));
			}
			if (random.nextBoolean() || events.isEmpty()) {
				events.add(RollEvent.ended(classId, rollId, seq, at));
			}
		}
		List<String> payloads = NotificationCodec.encode(events);
		assertThat(payloads).doesNotHaveDuplicates()
			.allMatch((payload) -> payload.getBytes(StandardCharsets.UTF_8).length < 8_000);
		assertThat(payloads.stream().map(NotificationCodec::decode).flatMap(List::stream)).isEqualTo(events);
	}

	private static Presence state(Random random, Presence arrival) {
		String status = STATUS.get(random.nextInt(STATUS.size()));
		boolean marked = random.nextBoolean() || status.equals("absent") || status.equals("excused");
		return new Presence(arrival.seq(), arrival.studentId(), arrival.at(), status.equals("present") ? null : status,
				marked ? Presence.TEACHER : null);
	}

	private static String studentId(Random random) {
		String characters = "ABZabz0129._-";
		StringBuilder text = new StringBuilder();
		for (int length = 1 + random.nextInt(64); length > 0; length--) {
			text.append(characters.charAt(random.nextInt(characters.length())));
		}
		return text.toString();
	}

}
