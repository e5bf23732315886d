package rollcall.pages;

import jakarta.servlet.http.HttpServletRequest;
import rollcall.access.StudentAddress;
import rollcall.roll.ClassId;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The dashboard and the resources that it needs besides the API. All of them are at
 * {@code /teacher} or below it.
 */
@Controller
class TeacherPageController {

	private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");

	private final StudentAddress address;

	TeacherPageController(StudentAddress address) {
		this.address = address;
	}

	@GetMapping("/teacher")
	String dashboard() {
		return "forward:/teacher/index.html";
	}

	@GetMapping("/teacher/")
	String dashboardWithSlash() {
		return "redirect:/teacher";
	}

	@GetMapping(path = "/teacher/address", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	StudentAddress.Addresses addresses(HttpServletRequest request) {
		return this.address.seenFrom(request);
	}

	@GetMapping("/teacher/qr/{classId}.svg")
	ResponseEntity<String> qrCode(@PathVariable ClassId classId, HttpServletRequest request) {
		return ResponseEntity.ok()
			.contentType(SVG)
			.cacheControl(CacheControl.noStore())
			.body(QrCode.svg(this.address.seenFrom(request).url() + classId.value()));
	}

}
