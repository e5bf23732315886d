package rollcall.roll;

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

	private final SentPresences presences;

	private final AsyncResponses responses;

	PresenceController(SentPresences presences, AsyncResponses responses) {
		this.presences = presences;
		this.responses = responses;
	}

	@PostMapping(path = "/classes/{classId}/presence", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	void record(@PathVariable ClassId classId, @Valid @RequestBody PresenceRequest presence, HttpServletRequest request,
			HttpServletResponse response) {
		String code = presence.code();
		Cookie phone = (code != null) ? WebUtils.getCookie(request, CodeTickets.PHONE_COOKIE) : null;
		SentPresences.Pending pending = this.presences.record(classId, presence.studentId(), code, presence.ticket(),
				(phone != null) ? phone.getValue() : null, request);
		this.responses.answer(pending.receipt(), pending.repeatTicket(), request, response);
	}

}
