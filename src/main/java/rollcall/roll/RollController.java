package rollcall.roll;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP requests of teachers about rolls.
 */
@RestController
@RequestMapping(path = "/classes", produces = MediaType.APPLICATION_JSON_VALUE)
class RollController {

	private final RollCallService service;

	RollController(RollCallService service) {
		this.service = service;
	}

	/** A body that is not JSON is ignored, as it was before a start had a body. */
	@PostMapping(path = "/{classId}/roll", consumes = "!" + MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<StartedRoll> start(@PathVariable ClassId classId,
			@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return start(classId, null, caller);
	}

	@PostMapping(path = "/{classId}/roll", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<StartedRoll> start(@PathVariable ClassId classId,
			@RequestBody(required = false) @Nullable OptionsRequest options,
			@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		StartedRoll roll = this.service.start(classId, (options != null) ? options : OptionsRequest.NOTHING, caller);
		return ResponseEntity.created(URI.create("/classes/" + classId.value() + "/roll"))
			.eTag(roll.rollId().toString())
			.body(roll);
	}

	@GetMapping("/{classId}/roll")
	CurrentRoll current(@PathVariable ClassId classId, @RequestParam(defaultValue = "0") Seq after,
			@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return this.service.current(classId, after.value(), caller)
			.orElseThrow(() -> RollRefusals.noOpenRoll(classId.value()));
	}

	@GetMapping("/{classId}/roll/code")
	ShownCodes codes(@PathVariable ClassId classId, @RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return this.service.codes(classId, caller);
	}

	@GetMapping
	List<OpenRoll> openRolls(@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return this.service.openRolls(caller);
	}

	@PatchMapping(path = "/{classId}/roll", consumes = MediaType.APPLICATION_JSON_VALUE)
	RollState setOptions(@PathVariable ClassId classId, @RequestBody OptionsRequest options,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable RollMatch which,
			@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return this.service.setOptions(classId, options, RollMatch.orAny(which), caller);
	}

	@PutMapping(path = "/{classId}/roll/students/{studentId}", consumes = MediaType.APPLICATION_JSON_VALUE)
	Presence mark(@PathVariable ClassId classId, @PathVariable StudentId studentId,
			@Valid @RequestBody MarkRequest mark,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable RollMatch which,
			@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return this.service.mark(classId, studentId, mark.status(), RollMatch.orAny(which), caller);
	}

	@DeleteMapping(path = "/{classId}/roll",
			produces = { MediaType.APPLICATION_JSON_VALUE, SheetCsvConverter.TEXT_CSV })
	ResponseEntity<SheetAnswer> end(@PathVariable ClassId classId,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable RollMatch which,
			@RequestParam(required = false) @Nullable ZoneId zone,
			@RequestHeader(name = SheetCsvConverter.TIME_ZONE, required = false) @Nullable ZoneId timeZone,
			@RequestAttribute(Teacher.ATTRIBUTE) Teacher caller) {
		return SheetAnswer.of(this.service.end(classId, RollMatch.orAny(which), caller), zone, timeZone);
	}

	/**
	 * The number of the last change that a client knows, 0 for none.
	 *
	 * @param value 0 to 999999999999999999
	 */
	record Seq(long value) {

		public static Seq valueOf(String text) {
			return new Seq(ClassId.parseDigits(text));
		}

	}

}
