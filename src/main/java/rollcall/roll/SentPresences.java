package rollcall.roll;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Records what students send, whether as JSON or by the form of their page: it reads the
 * code and the ticket, and delays the answers to wrong codes. Public, because the
 * student's page uses it.
 */
@Component
public class SentPresences {

	private final RollCallService service;

	private final CodeTickets tickets;

	private final WrongCodes wrongCodes;

	SentPresences(RollCallService service, CodeTickets tickets, WrongCodes wrongCodes) {
		this.service = service;
		this.tickets = tickets;
		this.wrongCodes = wrongCodes;
	}

	/**
	 * Records a presence. No thread waits for it.
	 * @param code the code, null or blank if none was sent
	 * @param ticket the ticket, null if none was sent
	 * @param phone the value of the browser's cookie {@value CodeTickets#PHONE_COOKIE},
	 * null without one
	 * @param request the request
	 */
	public Pending record(ClassId classId, StudentId studentId, @Nullable String code, @Nullable String ticket,
			@Nullable String phone, HttpServletRequest request) {
		SentCode sent = this.tickets.sent(classId, code, ticket, phone);
		CompletableFuture<PresenceReceipt> receipt = record(classId, studentId, sent);
		return new Pending((sent.code() != null) ? this.wrongCodes.slow(classId, request, receipt) : receipt,
				this.tickets.forRepeat(classId, sent, phone));
	}

	private CompletableFuture<PresenceReceipt> record(ClassId classId, StudentId studentId, SentCode code) {
		try {
			return this.service.record(classId, studentId, code);
		}
		catch (StoreUnavailableException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * A presence that was sent and is not answered yet.
	 *
	 * @param receipt the future receipt, see {@link RollCallService#record}. It fails
	 * also if the store has failed already or too many changes wait
	 * @param repeatTicket gives the ticket with which the presence should be repeated if
	 * the receipt fails; null for none
	 */
	public record Pending(CompletableFuture<PresenceReceipt> receipt, Supplier<@Nullable String> repeatTicket) {
	}

}
