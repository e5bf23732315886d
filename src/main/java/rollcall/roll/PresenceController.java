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
 * What a student asks for over HTTP: the one hot path. Its thread is free while the
 * commit is under way.
 */
@RestController
class PresenceController {

	private final RollCallService service;

	private final LateAnswers answers;

	PresenceController(RollCallService service, LateAnswers answers) {
		this.service = service;
		this.answers = answers;
	}

	@PostMapping(path = "/classes/{classId}/presence", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	void record(@PathVariable ClassId classId, @Valid @RequestBody PresenceRequest presence, HttpServletRequest request,
			HttpServletResponse response) {
		this.answers.answer(this.service.record(classId, presence.studentId()), request, response);
	}

}
