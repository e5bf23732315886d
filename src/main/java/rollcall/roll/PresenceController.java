package rollcall.roll;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP request of a student, the most frequent one. Its thread does not wait for the
 * commit.
 */
@RestController
class PresenceController {

	private final RollCallService service;

	private final AsyncResponses responses;

	PresenceController(RollCallService service, AsyncResponses responses) {
		this.service = service;
		this.responses = responses;
	}

	@PostMapping(path = "/classes/{classId}/presence", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	void record(@PathVariable ClassId classId, @Valid @RequestBody PresenceRequest presence, HttpServletRequest request,
			HttpServletResponse response) {
		this.responses.answer(this.service.record(classId, presence.studentId()), request, response);
	}

}
