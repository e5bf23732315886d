package rollcall.pages;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.pages.Languages.Language;
import rollcall.pages.StudentPage.Choice;
import rollcall.pages.StudentPage.FormError;
import rollcall.pages.StudentPage.State;
import rollcall.problem.Problems;
import rollcall.roll.ClassId;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.RollCallService;
import rollcall.roll.StoreUnavailableException;
import rollcall.roll.StudentId;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The student's page at {@code /}, the short link of a class such as {@code /42}, and the
 * form's POST from browsers without JavaScript.
 */
@Controller
class StudentPageController {

	private final RollCallService service;

	private final Languages languages;

	private final PageTemplate template = new PageTemplate("student");

	private final ZoneId zone = ZoneId.systemDefault();

	StudentPageController(RollCallService service, Languages languages) throws IOException {
		this.service = service;
		this.languages = languages;
	}

	@GetMapping("/")
	ResponseEntity<String> ask(@RequestParam(name = "lang", required = false) @Nullable String chosen,
			HttpServletRequest request) {
		return new Answer(request, chosen).form(HttpStatus.OK, null, false, "", "");
	}

	@GetMapping("/{classId:[0-9]+}")
	ResponseEntity<String> askClass(@PathVariable("classId") String typed,
			@RequestParam(name = "lang", required = false) @Nullable String chosen, HttpServletRequest request) {
		ClassId classId = classId(typed);
		Answer answer = new Answer(request, chosen);
		return (classId != null) ? answer.form(HttpStatus.OK, null, true, String.valueOf(classId.value()), "")
				: answer.form(HttpStatus.NOT_FOUND, FormError.CLASS, false, typed, "");
	}

	@PostMapping(path = "/", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	ResponseEntity<String> record(@RequestParam(name = "class", defaultValue = "") String typedClass,
			@RequestParam(name = "studentId", defaultValue = "") String typedStudent, HttpServletRequest request) {
		Answer answer = new Answer(request, null);
		ClassId classId = classId(typedClass.strip());
		if (classId == null) {
			return answer.form(HttpStatus.UNPROCESSABLE_CONTENT, FormError.CLASS, false, typedClass, typedStudent);
		}
		StudentId studentId = studentId(typedStudent);
		if (studentId == null) {
			return answer.form(HttpStatus.UNPROCESSABLE_CONTENT, FormError.STUDENT, false, typedClass, typedStudent);
		}
		PresenceReceipt receipt = record(classId, studentId);
		return (receipt != null) ? answer.receipt(receipt, classId)
				: answer.form(HttpStatus.SERVICE_UNAVAILABLE, FormError.UNAVAILABLE, false, typedClass, typedStudent);
	}

	/** Returns null if the store did not confirm in time. */
	private @Nullable PresenceReceipt record(ClassId classId, StudentId studentId) {
		try {
			return this.service.record(classId, studentId)
				.get(RollCallService.ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (StoreUnavailableException | ExecutionException | TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private static @Nullable ClassId classId(String typed) {
		try {
			return ClassId.valueOf(typed);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable StudentId studentId(String typed) {
		try {
			return StudentId.valueOf(typed);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** A response in the reader's language. */
	private final class Answer {

		private final HttpServletRequest request;

		private final @Nullable String chosen;

		private final Language language;

		Answer(HttpServletRequest request, @Nullable String chosen) {
			this.request = request;
			this.chosen = chosen;
			this.language = StudentPageController.this.languages.choose(request, chosen);
		}

		ResponseEntity<String> form(HttpStatus status, @Nullable FormError error, boolean linked, String classText,
				String studentText) {
			return page(status, new StudentPage(State.FORM, error, this.language.tag(), this.language.texts().student(),
					choices(linked ? classText : "./"), linked, classText, studentText, null, null, null));
		}

		ResponseEntity<String> receipt(PresenceReceipt receipt, ClassId classId) {
			State state = (receipt.classId() == classId.value()) ? State.RECORDED : State.REFUSED;
			return page(HttpStatus.OK,
					new StudentPage(state, null, this.language.tag(), this.language.texts().student(), choices("./"),
							false, String.valueOf(classId.value()), receipt.studentId(), receipt.reason(),
							receipt.at().toString(), time(receipt.at())));
		}

		private ResponseEntity<String> page(HttpStatus status, StudentPage page) {
			ResponseEntity.BodyBuilder response = PageTemplate.response(status);
			if (status == HttpStatus.SERVICE_UNAVAILABLE) {
				response.header(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
			}
			if (this.language.tag().equals(this.chosen)) {
				response.header(HttpHeaders.SET_COOKIE, Languages.cookie(this.language).toString());
			}
			return response.body(StudentPageController.this.template.render(page));
		}

		private List<Choice> choices(String path) {
			return StudentPageController.this.languages.all()
				.stream()
				.map((each) -> new Choice(each.tag(), each.texts().name(), path + "?lang=" + each.tag(),
						each.tag().equals(this.language.tag())))
				.toList();
		}

		/**
		 * Formats a time for a browser without JavaScript: in the server's zone, with its
		 * offset. A browser with JavaScript replaces the text by its own local time.
		 */
		private String time(Instant instant) {
			Locale reader = this.language.localeFor(this.request);
			ZonedDateTime local = instant.atZone(StudentPageController.this.zone);
			return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(reader).format(local)
					+ DateTimeFormatter.ofPattern(", HH:mm:ss (O)", reader).format(local);
		}

	}

}
