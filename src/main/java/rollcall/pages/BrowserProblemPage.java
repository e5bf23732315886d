package rollcall.pages;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.pages.StudentForm.Error;
import rollcall.pages.StudentPage.Notice;
import rollcall.problem.ProblemPage;
import rollcall.problem.ProblemType;
import rollcall.roll.ClassId;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Shows the student's form, with a sentence of explanation, instead of a JSON problem. A
 * path that means a class, such as {@code /42.} or {@code /turma/42}, is redirected to
 * that class, also with a code, such as {@code /42/bcd-fgh/}. If what follows the class
 * is no code, the form of the class asks for it.
 */
@Component
class BrowserProblemPage implements ProblemPage {

	/** Neither a letter nor a digit. */
	private static final String SIGN = "[^\\p{L}\\p{Nd}]";

	private final StudentPages pages;

	private final PageHeaders headers;

	/** An optional word for a class, digits of any script, and what follows a sign. */
	private final Pattern classPath;

	BrowserProblemPage(StudentPages pages, PageHeaders headers) {
		this.pages = pages;
		this.headers = headers;
		String words = pages.classWords().stream().map(Pattern::quote).collect(Collectors.joining("|"));
		this.classPath = Pattern.compile(
				"[/\\s]*(?:(?:" + words + ")" + SIGN + "*)?(\\p{Nd}{1,18})(?:" + SIGN + "(.*))?",
				Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
	}

	@Override
	public boolean write(ProblemType type, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		StudentForm form = StudentForm.EMPTY;
		Notice notice = null;
		switch (type) {
			case NOT_FOUND, BAD_REQUEST -> {
				Optional<ClassLink> link = linkIn(request);
				if (link.isPresent()) {
					answer(link.get(), type, request, response);
					return true;
				}
				notice = (type == ProblemType.NOT_FOUND) ? Notice.NO_PAGE : Notice.NOT_READ;
			}
			case METHOD_NOT_ALLOWED -> notice = isRead(request) ? Notice.NO_PAGE : Notice.NOT_READ;
			case ONLY_THIS_MACHINE -> notice = Notice.TEACHER_ONLY;
			case BODY_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, REQUEST_TIMEOUT -> notice = Notice.NOT_READ;
			case UNKNOWN_HOST, FOREIGN_ORIGIN -> notice = Notice.OTHER_ADDRESS;
			case OVERLOADED, STORE_UNAVAILABLE, INTERNAL_ERROR -> form = form.with(Error.UNAVAILABLE);
			default -> {
				return false;
			}
		}
		this.headers.set(response);
		PageTemplate.write(this.pages.notice(type.status(), request, notice, form), response);
		return true;
	}

	private void answer(ClassLink link, ProblemType type, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		Optional<String> target = link.path();
		if (target.isPresent()) {
			response.setStatus(HttpStatus.FOUND.value());
			response.setHeader(HttpHeaders.LOCATION, target.get());
			return;
		}
		this.headers.set(response);
		PageTemplate.write(this.pages.form(type.status(), request, PhoneCookie.of(request), link.form()), response);
	}

	/** Returns the link that a path means, empty if it means none or is that link. */
	private Optional<ClassLink> linkIn(HttpServletRequest request) {
		String path = request.getRequestURI();
		if (path == null || !isRead(request)) {
			return Optional.empty();
		}
		try {
			Matcher matcher = this.classPath.matcher(URLDecoder.decode(path, StandardCharsets.UTF_8));
			if (!matcher.matches()) {
				return Optional.empty();
			}
			String digits = matcher.group(1)
				.codePoints()
				.mapToObj((digit) -> String.valueOf(Character.digit(digit, 10)))
				.collect(Collectors.joining());
			String code = Objects.requireNonNullElse(matcher.group(2), "").replaceAll(SIGN, "");
			ClassLink link = new ClassLink(ClassId.valueOf(digits), code);
			return Optional.of(link).filter((read) -> !read.path().equals(Optional.of(path)));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static boolean isRead(HttpServletRequest request) {
		return "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
	}

}
