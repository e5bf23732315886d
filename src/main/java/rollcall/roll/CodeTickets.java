package rollcall.roll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Issues and reads tickets. A ticket has two signed times. The first one says when a
 * browser opened the link of a class with a code, or sent a presence to which the store
 * did not answer. The code is judged at that time, so that a student who types slowly, or
 * a store that stands still, loses no presence. The second one says when the ticket was
 * issued, because a ticket counts only for a short time. A ticket says nothing about
 * whether the code is right, and it counts only together with the cookie of the same
 * browser.
 */
@Component
public class CodeTickets {

	/** The name of the cookie with a random value, by which a browser is recognized. */
	public static final String PHONE_COOKIE = "rollcall-phone";

	/** For how long a ticket counts. */
	private static final long COUNTS_MS = 120_000;

	private static final int SIGNATURE_BYTES = 16;

	private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})\\..*");

	private final RollStore store;

	private final StoreClock clock;

	/** The key that all nodes share; empty before the store was read. */
	private volatile byte[] key = {};

	CodeTickets(RollStore store, StoreClock clock) {
		this.store = store;
		this.clock = clock;
	}

	/** Reads the key early, so that a store that fails later does not matter. */
	@EventListener(ApplicationStartedEvent.class)
	void readKey() {
		key();
	}

	/**
	 * Issues a ticket for the present time.
	 * @param classId the class of the link
	 * @param code the code of the link
	 * @param phone the value of the browser's cookie {@value #PHONE_COOKIE}
	 */
	public String issue(ClassId classId, String code, String phone) {
		long now = this.clock.millis();
		return sign(now, now, classId, RollCode.parse(code), phone);
	}

	/**
	 * Reads what a student sent with a presence. A ticket that is not valid or too old is
	 * ignored.
	 * @param classId the class of the presence
	 * @param code the code; null or blank if none was sent
	 * @param ticket the ticket, null if none was sent
	 * @param phone the value of the browser's cookie {@value #PHONE_COOKIE}, null without
	 * one
	 */
	SentCode sent(ClassId classId, @Nullable String code, @Nullable String ticket, @Nullable String phone) {
		if (code == null || code.isBlank()) {
			return SentCode.NONE;
		}
		RollCode read = RollCode.parse(code);
		if (ticket == null || phone == null) {
			return new SentCode(read, null);
		}
		return new SentCode(read, openedAt(ticket, classId, read, phone));
	}

	/** The first time of a ticket; null if the ticket does not count. */
	private @Nullable Long openedAt(String ticket, ClassId classId, RollCode code, String phone) {
		Matcher times = FORM.matcher(ticket);
		if (!times.matches()) {
			return null;
		}
		long openedAt = Long.parseLong(times.group(1));
		long issuedAt = Long.parseLong(times.group(2));
		boolean counts = isEqual(ticket, sign(openedAt, issuedAt, classId, code, phone))
				&& this.clock.millis() - issuedAt <= COUNTS_MS;
		return counts ? openedAt : null;
	}

	/**
	 * The ticket with which a presence should be repeated if the store does not answer.
	 * The code of the repeat is judged as the code of this presence: at the time of its
	 * ticket, or else now.
	 * @param sent what {@link #sent} has read
	 * @return signs the ticket when it is needed; it is null if there is no code or the
	 * browser sent no cookie
	 */
	Supplier<@Nullable String> forRepeat(ClassId classId, SentCode sent, @Nullable String phone) {
		RollCode code = sent.code();
		if (code == null || phone == null) {
			return () -> null;
		}
		long judgedAt = Objects.requireNonNullElseGet(sent.openedAt(), this.clock::millis);
		return () -> sign(judgedAt, this.clock.millis(), classId, code, phone);
	}

	private String sign(long openedAt, long issuedAt, ClassId classId, RollCode code, String phone) {
		String times = openedAt + "." + issuedAt;
		String message = times + " " + classId.value() + " " + code.number() + " " + phone;
		byte[] signature = Hmac.sign(key(), message.getBytes(StandardCharsets.UTF_8));
		return times + "."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signature, SIGNATURE_BYTES));
	}

	private byte[] key() {
		byte[] key = this.key;
		if (key.length == 0) {
			key = this.store.ticketKey();
			this.key = key;
		}
		return key;
	}

	/** Compares in constant time. */
	private static boolean isEqual(String one, String other) {
		return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

}
