package rollcall.roll;

import java.time.ZoneId;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
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
	ResponseEntity<SheetAnswer> sheet(@PathVariable RollId rollId,
			@RequestParam(required = false) @Nullable ZoneId zone,
			@RequestHeader(name = SheetCsvConverter.TIME_ZONE, required = false) @Nullable ZoneId timeZone,
			@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return SheetAnswer.of(this.service.sheet(rollId.value(), caller), zone, timeZone);
	}

	@DeleteMapping("/{rollId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void discard(@PathVariable RollId rollId, @RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		this.service.discard(rollId.value(), caller);
	}

}
