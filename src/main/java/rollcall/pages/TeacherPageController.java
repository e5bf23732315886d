package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.access.StudentAddress;
import rollcall.roll.Teacher;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The dashboard and the resources that it needs besides the API. All of them are at
 * {@code /teacher} or below it.
 */
@Controller
class TeacherPageController {

	private final StudentAddress address;

	/** The same for everybody: the browser fills in all texts. */
	private final String dashboard = new PageTemplate("teacher").render(Map.of());

	private final String dashboardTag = DigestUtils.md5DigestAsHex(this.dashboard.getBytes(StandardCharsets.UTF_8));

	TeacherPageController(StudentAddress address) throws IOException {
		this.address = address;
	}

	@GetMapping("/teacher")
	ResponseEntity<String> dashboard() {
		return ResponseEntity.ok().contentType(PageTemplate.HTML).eTag(this.dashboardTag).body(this.dashboard);
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

	@GetMapping(path = "/teacher/session", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	Session session(@RequestAttribute(Teacher.ATTRIBUTE) Teacher teacher, HttpServletRequest request) {
		return new Session(teacher.name(), request.getSession(false) != null);
	}

	/**
	 * The login of the teacher who uses the dashboard.
	 *
	 * @param name the teacher's name, null for the person at the server's machine
	 * @param canLogOut whether the login is a session; a password or a token that comes
	 * with each request cannot be ended here
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Session(@Nullable String name, boolean canLogOut) {
	}

}
