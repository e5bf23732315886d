package rollcall.roll;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP requests of teachers about kept sheets. Reading a sheet does not hand it over:
 * only {@code DELETE /classes/{classId}/roll} does.
 */
@RestController
@RequestMapping(path = "/sheets", produces = MediaType.APPLICATION_JSON_VALUE)
class SheetController {

	private final RollCallService service;

	SheetController(RollCallService service) {
		this.service = service;
	}

	@GetMapping
	List<KeptSheet> sheets(@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return this.service.sheets(caller);
	}

	@GetMapping(path = "/{rollId}", produces = { MediaType.APPLICATION_JSON_VALUE, SheetCsvConverter.TEXT_CSV })
	ResponseEntity<Sheet> sheet(@PathVariable RollId rollId, @RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		Sheet sheet = this.service.sheet(rollId.value(), caller);
		return ResponseEntity.ok().eTag(sheet.rollId().toString()).body(sheet);
	}

	@DeleteMapping("/{rollId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void discard(@PathVariable RollId rollId, @RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		this.service.discard(rollId.value(), caller);
	}

}
