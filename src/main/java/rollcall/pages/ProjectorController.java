package rollcall.pages;

import jakarta.servlet.http.HttpServletRequest;
import rollcall.access.StudentAddress;
import rollcall.roll.ClassId;
import rollcall.roll.ProjectorToken;
import rollcall.roll.RollCallService;
import rollcall.roll.Teacher;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP requests of teachers about the addresses of the projector's page. The answer
 * depends on the address for phones, so it is here and not in {@code roll}.
 */
@RestController
@RequestMapping(path = "/classes/{classId}/roll/projector", produces = MediaType.APPLICATION_JSON_VALUE)
class ProjectorController {

	private final RollCallService service;

	private final StudentAddress address;

	ProjectorController(RollCallService service, StudentAddress address) {
		this.service = service;
		this.address = address;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Projector add(@PathVariable ClassId classId, @RequestAttribute(Teacher.ATTRIBUTE) Teacher caller,
			HttpServletRequest request) {
		ProjectorToken token = this.service.addProjector(classId, caller);
		return new Projector(this.address.seenFrom(request).url() + "p/" + token.value(), token.value());
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void remove(@PathVariable ClassId classId, @RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		this.service.removeProjectors(classId, caller);
	}

	/**
	 * A new address of the projector's page.
	 *
	 * @param url the address to open on the computer at the projector
	 * @param token its secret part
	 */
	record Projector(String url, String token) {

		/** Returns no part of the secret, so that no log can contain it. */
		@Override
		public String toString() {
			return "Projector";
		}

	}

}
