package rollcall.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.pages.StudentForm.Error;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.roll.ClassId;
import rollcall.roll.CodeTickets;
import rollcall.roll.RollCallService;
import rollcall.roll.RollCode;
import rollcall.roll.SentPresences;
import rollcall.roll.StudentId;
import rollcall.roll.StudentTimes;
import rollcall.roll.TimesLeft;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.WebUtils;

/**
 * The student's page at {@code /}, the short link of a class such as {@code /42}, and the
 * form's POST from browsers without JavaScript. They are redirected to a page of the
 * answer, so that a reload does not send the form again.
 */
@Controller
class StudentPageController {

	/** The pattern of a code in upper or lower case. */
	private static final String CODE = "(?i:[" + RollCode.LETTERS + "]{" + RollCode.LENGTH + "})";

	/** The answer of the last POST. Only its own page gets it. */
	private static final String RECEIPT_COOKIE = "rollcall-receipt";

	private static final Duration RECEIPT_AGE = Duration.ofHours(2);

	private final SentPresences presences;

	private final CodeTickets tickets;

	private final StudentPages pages;

	private final StudentTimes times;

	private final InstantSource clock;

	StudentPageController(SentPresences presences, CodeTickets tickets, StudentPages pages, StudentTimes times,
			InstantSource clock) {
		this.presences = presences;
		this.tickets = tickets;
		this.pages = pages;
		this.times = times;
		this.clock = clock;
	}

	@GetMapping("/")
	ResponseEntity<String> ask(HttpServletRequest request) {
		return this.pages.form(HttpStatus.OK, request, PhoneCookie.of(request), StudentForm.EMPTY);
	}

	@GetMapping({ "/{link:[0-9]+}", "/{link:[0-9]+}/{code:" + CODE + "}" })
	ResponseEntity<String> ask(@PathVariable("link") String link,
			@PathVariable(name = "code", required = false) @Nullable String code, HttpServletRequest request) {
		PhoneCookie phone = PhoneCookie.of(request);
		return read(link, ClassId::valueOf)
			.map((classId) -> this.pages.form(HttpStatus.OK, request, phone, linked(classId, code, phone)))
			.orElseGet(() -> this.pages.form(HttpStatus.NOT_FOUND, request, phone,
					StudentForm.linked(link).with(Error.CLASS)));
	}

	/**
	 * The ticket says when this browser opened the link, not whether the code is right.
	 */
	private StudentForm linked(ClassId classId, @Nullable String code, PhoneCookie phone) {
		String classText = String.valueOf(classId.value());
		return (code != null) ? StudentForm.linked(classText, code, this.tickets.issue(classId, code, phone.id()))
				: StudentForm.linked(classText);
	}

	/**
	 * With a language, the form is only shown in that language. A form with two values
	 * for one field is refused, because it does not say whom it means.
	 */
	@PostMapping(path = { "/", "/{link:[0-9]+}" }, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	CompletableFuture<ResponseEntity<String>> send(@PathVariable(name = "link", required = false) @Nullable String link,
			@RequestParam MultiValueMap<String, String> sent, HttpServletRequest request) {
		if (sent.values().stream().anyMatch((values) -> values.size() > 1)) {
			throw new ProblemException(ProblemType.BAD_REQUEST, Map.of());
		}
		Map<String, String> fields = sent.toSingleValueMap();
		PhoneCookie phone = PhoneCookie.of(request);
		Optional<ClassId> classId = read(fields.getOrDefault("class", ""), ClassId::typed);
		StudentForm form = StudentForm.sent(link != null && classId.isPresent(), fields);
		String chosen = fields.get("lang");
		if (chosen != null) {
			return CompletableFuture.completedFuture(this.pages.translated(request, chosen, form));
		}
		Optional<StudentId> studentId = read(form.studentText(), StudentId::valueOf);
		if (classId.isEmpty() || studentId.isEmpty()) {
			return CompletableFuture.completedFuture(this.pages.form(HttpStatus.UNPROCESSABLE_CONTENT, request, phone,
					form.with(classId.isEmpty() ? Error.CLASS : Error.STUDENT)));
		}
		return send(classId.get(), studentId.get(), form, phone, request);
	}

	/**
	 * Renders the answer on a thread of its own: the store's must not wait for it. Fails
	 * if the store does not confirm in time.
	 */
	private CompletableFuture<ResponseEntity<String>> send(ClassId classId, StudentId studentId, StudentForm form,
			PhoneCookie phone, HttpServletRequest request) {
		Instant asked = this.clock.instant();
		SentPresences.Pending pending = this.presences.record(classId, studentId, form.code(), form.ticket(),
				phone.known() ? phone.id() : null, request);
		return pending.receipt()
			.orTimeout(RollCallService.ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
			.handleAsync((receipt, failure) -> {
				if (failure != null) {
					return this.pages.form(HttpStatus.SERVICE_UNAVAILABLE, request, phone,
							form.unavailable(pending.repeatTicket().get()));
				}
				Error error = Error.of(receipt.reason());
				return (error != null)
						? this.pages.form(HttpStatus.UNPROCESSABLE_CONTENT, request, phone, form.with(error))
						: answer(request, phone, classId, StudentReceipt.of(receipt, asked));
			});
	}

	@GetMapping("/{classId:[0-9]+}/receipt")
	ResponseEntity<String> receipt(@PathVariable("classId") String link, HttpServletRequest request) {
		Optional<ClassId> classId = read(link, ClassId::valueOf);
		Optional<StudentReceipt> receipt = Optional.ofNullable(WebUtils.getCookie(request, RECEIPT_COOKIE))
			.map(Cookie::getValue)
			.flatMap(StudentReceipt::ofCookie);
		return (classId.isPresent() && receipt.isPresent()) ? this.pages.receipt(request, classId.get(), receipt.get())
				: ResponseEntity.status(HttpStatus.FOUND).header(HttpHeaders.LOCATION, "/" + link).build();
	}

	/**
	 * How long students may answer. The script of the page asks for it, because the page
	 * itself does not read the store and so works without it.
	 */
	@GetMapping(path = "/{classId:[0-9]+}/deadline", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<TimesLeft> deadline(@PathVariable ClassId classId) {
		Optional<TimesLeft> times = this.times.left(classId);
		return ResponseEntity.status(times.isPresent() ? HttpStatus.OK : HttpStatus.NO_CONTENT)
			.cacheControl(CacheControl.noStore())
			.body(times.orElse(null));
	}

	/** Without cookies the answer is the page itself; to repeat it is harmless. */
	private ResponseEntity<String> answer(HttpServletRequest request, PhoneCookie phone, ClassId classId,
			StudentReceipt receipt) {
		if (!phone.known()) {
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

	private static <T> Optional<T> read(String typed, Function<String, T> type) {
		try {
			return Optional.of(type.apply(typed));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
