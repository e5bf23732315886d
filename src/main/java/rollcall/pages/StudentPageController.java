package rollcall.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.pages.StudentForm.Error;
import rollcall.roll.ClassId;
import rollcall.roll.RollCallService;
import rollcall.roll.SentCode;
import rollcall.roll.StoreUnavailableException;
import rollcall.roll.StudentId;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The student's page at {@code /}, the short link of a class such as {@code /42}, and the
 * form's POST from browsers without JavaScript. They are redirected to a page of the
 * answer, so that a reload does not send the form again.
 */
@Controller
class StudentPageController {

	/** The answer of the last POST. Only its own page gets it. */
	private static final String RECEIPT_COOKIE = "rollcall-receipt";

	private static final Duration RECEIPT_AGE = Duration.ofHours(2);

	private final RollCallService service;

	private final StudentPages pages;

	private final InstantSource clock;

	StudentPageController(RollCallService service, StudentPages pages, InstantSource clock) {
		this.service = service;
		this.pages = pages;
		this.clock = clock;
	}

	@GetMapping({ "/", "/{link:[0-9]+}" })
	ResponseEntity<String> ask(@PathVariable(name = "link", required = false) @Nullable String link,
			HttpServletRequest request) {
		if (link == null) {
			return this.pages.form(HttpStatus.OK, request, StudentForm.EMPTY);
		}
		return read(link, ClassId::valueOf)
			.map((classId) -> this.pages.form(HttpStatus.OK, request,
					StudentForm.linked(String.valueOf(classId.value()))))
			.orElseGet(
					() -> this.pages.form(HttpStatus.NOT_FOUND, request, StudentForm.linked(link).with(Error.CLASS)));
	}

	/** With a language, the form is only shown in that language. */
	@PostMapping(path = { "/", "/{link:[0-9]+}" }, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	ResponseEntity<String> send(@PathVariable(name = "link", required = false) @Nullable String link,
			@RequestParam(name = "class", defaultValue = "") String typedClass,
			@RequestParam(name = "studentId", defaultValue = "") String typedStudent,
			@RequestParam(name = "lang", required = false) @Nullable String chosen, HttpServletRequest request) {
		Optional<ClassId> classId = read(typedClass.strip(), ClassId::valueOf);
		StudentForm form = classId.filter((valid) -> link != null)
			.map((valid) -> new StudentForm(true, String.valueOf(valid.value()), typedStudent, null))
			.orElseGet(() -> new StudentForm(false, typedClass, typedStudent, null));
		if (chosen != null) {
			return this.pages.translated(request, chosen, form);
		}
		if (classId.isEmpty()) {
			return this.pages.form(HttpStatus.UNPROCESSABLE_CONTENT, request, form.with(Error.CLASS));
		}
		return read(typedStudent, StudentId::valueOf).map((studentId) -> record(classId.get(), studentId)
			.map((receipt) -> answer(request, classId.get(), receipt))
			.orElseGet(() -> this.pages.form(HttpStatus.SERVICE_UNAVAILABLE, request, form.with(Error.UNAVAILABLE))))
			.orElseGet(() -> this.pages.form(HttpStatus.UNPROCESSABLE_CONTENT, request, form.with(Error.STUDENT)));
	}

	@GetMapping("/{classId:[0-9]+}/receipt")
	ResponseEntity<String> receipt(@PathVariable("classId") String link,
			@CookieValue(name = RECEIPT_COOKIE, required = false) @Nullable String cookie, HttpServletRequest request) {
		Optional<ClassId> classId = read(link, ClassId::valueOf);
		Optional<StudentReceipt> receipt = Optional.ofNullable(cookie).flatMap(StudentReceipt::ofCookie);
		return (classId.isPresent() && receipt.isPresent()) ? this.pages.receipt(request, classId.get(), receipt.get())
				: ResponseEntity.status(HttpStatus.FOUND).header(HttpHeaders.LOCATION, "/" + link).build();
	}

	/** Without cookies the answer is the page itself; to repeat it is harmless. */
	private ResponseEntity<String> answer(HttpServletRequest request, ClassId classId, StudentReceipt receipt) {
		if (!StudentPages.keepsCookies(request)) {
			return this.pages.receipt(request, classId, receipt);
		}
		String path = "/" + classId.value() + "/receipt";
		ResponseCookie cookie = ResponseCookie.from(RECEIPT_COOKIE, receipt.toCookie())
			.path(path)
			.httpOnly(true)
			.secure(request.isSecure())
			.sameSite("Lax")
			.maxAge(RECEIPT_AGE)
			.build();
		return ResponseEntity.status(HttpStatus.SEE_OTHER)
			.header(HttpHeaders.LOCATION, path)
			.header(HttpHeaders.SET_COOKIE, cookie.toString())
			.build();
	}

	/** The result is empty if the store did not confirm in time. */
	private Optional<StudentReceipt> record(ClassId classId, StudentId studentId) {
		Instant asked = this.clock.instant();
		try {
			return Optional.of(StudentReceipt.of(this.service.record(classId, studentId, SentCode.NONE)
				.get(RollCallService.ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS), asked));
		}
		catch (StoreUnavailableException | ExecutionException | TimeoutException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	private static <T> Optional<T> read(String typed, Function<String, T> type) {
		try {
			return Optional.of(type.apply(typed));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
