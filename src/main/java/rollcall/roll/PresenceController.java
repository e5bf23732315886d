package rollcall.roll;

import java.util.concurrent.CompletableFuture;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.WebUtils;

/**
 * The HTTP request of a student, the most frequent one. Its thread does not wait for the
 * commit.
 */
@RestController
class PresenceController {

	private final RollCallService service;

	private final CodeTickets tickets;

	private final WrongCodes wrongCodes;

	private final AsyncResponses responses;

	PresenceController(RollCallService service, CodeTickets tickets, WrongCodes wrongCodes, AsyncResponses responses) {
		this.service = service;
		this.tickets = tickets;
		this.wrongCodes = wrongCodes;
		this.responses = responses;
	}

	@PostMapping(path = "/classes/{classId}/presence", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	void record(@PathVariable ClassId classId, @Valid @RequestBody PresenceRequest presence, HttpServletRequest request,
			HttpServletResponse response) {
		String code = presence.code();
		if (code == null) {
			this.responses.answer(this.service.record(classId, presence.studentId(), SentCode.NONE), null, request,
					response);
			return;
		}
		Cookie cookie = WebUtils.getCookie(request, CodeTickets.PHONE_COOKIE);
		String phone = (cookie != null) ? cookie.getValue() : null;
		SentCode sent = this.tickets.sent(classId, code, presence.ticket(), phone);
		this.responses.answer(this.wrongCodes.slow(classId, request, record(classId, presence.studentId(), sent)),
				this.tickets.forRepeat(classId, code, presence.ticket(), sent, phone), request, response);
	}

	private CompletableFuture<PresenceReceipt> record(ClassId classId, StudentId studentId, SentCode code) {
		try {
			return this.service.record(classId, studentId, code);
		}
		catch (StoreUnavailableException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

}
