package rollcall.roll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Issues and reads tickets. A ticket is a signed time: when a browser opened the link of
 * a class with a code, or when its presence was refused because the store did not answer.
 * The code is judged at that time, so that a student who types slowly, or a store that
 * stands still, loses no presence. A ticket says nothing about whether the code is right,
 * and it counts only together with the cookie of the same browser.
 */
@Component
public class CodeTickets {

	/** The name of the cookie with a random value, by which a browser is recognized. */
	public static final String PHONE_COOKIE = "rollcall-phone";

	private static final int SIGNATURE_BYTES = 16;

	private static final char SEPARATOR = '.';

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
		return sign(this.clock.millis(), classId, RollCode.parse(code), phone);
	}

	/**
	 * Reads what a student sent with a presence. A ticket that is not valid is ignored.
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
		OptionalLong openedAt = time(ticket);
		boolean valid = openedAt.isPresent() && isEqual(ticket, sign(openedAt.getAsLong(), classId, read, phone));
		return new SentCode(read, valid ? openedAt.getAsLong() : null);
	}

	/**
	 * Returns the ticket with which a presence should be repeated if the store does not
	 * answer: the ticket that came with it if that is valid, and otherwise a new one.
	 * @param sent what {@link #sent} has read
	 * @return the ticket, null if the browser sent no cookie
	 */
	@Nullable String forRepeat(ClassId classId, String code, @Nullable String ticket, SentCode sent, @Nullable String phone) {
		if (phone == null) {
			return null;
		}
		return (sent.openedAt() != null) ? ticket : issue(classId, code, phone);
	}

	private String sign(long time, ClassId classId, RollCode code, String phone) {
		String message = time + " " + classId.value() + " " + code.number() + " " + phone;
		byte[] signature = Hmac.sign(key(), message.getBytes(StandardCharsets.UTF_8));
		return time + "" + SEPARATOR
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

	private static OptionalLong time(String ticket) {
		int end = ticket.indexOf(SEPARATOR);
		try {
			return (end > 0) ? OptionalLong.of(Long.parseLong(ticket.substring(0, end))) : OptionalLong.empty();
		}
		catch (NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

	/** Compares in constant time. */
	private static boolean isEqual(String one, String other) {
		return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

}
