package rollcall.pages;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import rollcall.pages.Languages.Language;
import rollcall.pages.StudentPage.Notice;
import rollcall.problem.Problems;
import rollcall.roll.ClassId;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Renders the student's page in the reader's language.
 */
@Component
class StudentPages {

	private final Languages languages;

	private final PageTemplate template = new PageTemplate("student");

	private final ZoneId zone = ZoneId.systemDefault();

	StudentPages(Languages languages) throws IOException {
		this.languages = languages;
	}

	/** The word for a class in each language, in lower case. */
	List<String> classWords() {
		return this.languages.all()
			.stream()
			.map((each) -> String.valueOf(each.texts().student().get("class")).toLowerCase(Locale.ROOT))
			.toList();
	}

	/** The form. It also sets the cookie that marks the browser. */
	ResponseEntity<String> form(HttpStatus status, HttpServletRequest request, PhoneCookie phone, StudentForm form) {
		ResponseEntity.BodyBuilder response = PageTemplate.response(status);
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.header(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
		}
		if (!phone.known()) {
			response.header(HttpHeaders.SET_COOKIE, phone.header(request.isSecure()));
		}
		return response.body(render(request, this.languages.choose(request, null), null, form, null));
	}

	/** The form in the language that the reader has just chosen, which is remembered. */
	ResponseEntity<String> translated(HttpServletRequest request, String chosen, StudentForm form) {
		Language language = this.languages.choose(request, chosen);
		ResponseEntity.BodyBuilder response = PageTemplate.response(HttpStatus.OK);
		if (language.tag().equals(chosen)) {
			response.header(HttpHeaders.SET_COOKIE, Languages.cookie(language).toString());
		}
		return response.body(render(request, language, null, form, null));
	}

	/** The answer to a student. */
	ResponseEntity<String> receipt(HttpServletRequest request, ClassId classId, StudentReceipt receipt) {
		StudentForm form = StudentForm.linked(String.valueOf(classId.value()));
		return PageTemplate.response(HttpStatus.OK)
			.body(render(request, this.languages.choose(request, null), null, form, receipt));
	}

	/** The form at the path of another page, with the reason if it is not in the form. */
	ResponseEntity<String> notice(HttpStatus status, HttpServletRequest request, @Nullable Notice notice,
			StudentForm form) {
		return PageTemplate.response(status)
			.body(render(request, this.languages.choose(request, null), notice, form, null));
	}

	private String render(HttpServletRequest request, Language language, @Nullable Notice notice, StudentForm form,
			@Nullable StudentReceipt receipt) {
		String time = (receipt != null) ? time(receipt.at(), language.localeFor(request)) : null;
		return this.template.render(new StudentPage(language.tag(), language.texts().student(),
				this.languages.choices(language), notice, form, receipt, time));
	}

	/**
	 * Formats a time for a browser without JavaScript: in the server's zone, with its
	 * offset. A browser with JavaScript replaces the text by its own local time.
	 */
	private String time(Instant instant, Locale reader) {
		ZonedDateTime local = instant.atZone(this.zone);
		return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(reader).format(local)
				+ DateTimeFormatter.ofPattern(", HH:mm:ss (O)", reader).format(local);
	}

}
