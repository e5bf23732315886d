package rollcall.pages;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
import rollcall.roll.RollCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Shows the student's form, with a sentence of explanation, instead of a JSON problem. A
 * path that means a class, such as {@code /42.} or {@code /turma/42}, is redirected to
 * that class, with its code if it has one, such as {@code /42/BCD-FGH}.
 */
@Component
class BrowserProblemPage implements ProblemPage {

	private final StudentPages pages;

	private final PageHeaders headers;

	private static final String SIGNS = "[^\\p{L}\\p{Nd}]*";

	/** A code, whose letters may have signs between them. */
	private static final String CODE = "[" + RollCode.LETTERS + "](?:" + SIGNS + "[" + RollCode.LETTERS + "]){"
			+ (RollCode.LENGTH - 1) + "}";

	/**
	 * An optional word for a class, the digits of any script, an optional code, and a
	 * tail of signs.
	 */
	private final Pattern classPath;

	BrowserProblemPage(StudentPages pages, PageHeaders headers) {
		this.pages = pages;
		this.headers = headers;
		String words = pages.classWords().stream().map(Pattern::quote).collect(Collectors.joining("|"));
		this.classPath = Pattern.compile(
				"[/\\s]*(?:(?:" + words + ")" + SIGNS + ")?(\\p{Nd}{1,18})" + SIGNS + "(" + CODE + ")?" + SIGNS,
				Pattern.CASE_INSENSITIVE);
	}

	@Override
	public boolean write(ProblemType type, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		StudentForm form = StudentForm.EMPTY;
		Notice notice = null;
		switch (type) {
			case NOT_FOUND, BAD_REQUEST -> {
				if (redirectToClass(request, response)) {
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

	private boolean redirectToClass(HttpServletRequest request, HttpServletResponse response) {
		String path = request.getRequestURI();
		Optional<String> target = (path != null && isRead(request)) ? classIn(path).map("/"::concat) : Optional.empty();
		if (target.isEmpty() || target.get().equals(path)) {
			return false;
		}
		response.setStatus(HttpStatus.FOUND.value());
		response.setHeader(HttpHeaders.LOCATION, target.get());
		return true;
	}

	/** Returns the number of the class that a path means, and its code. */
	private Optional<String> classIn(String path) {
		try {
			Matcher matcher = this.classPath.matcher(URLDecoder.decode(path, StandardCharsets.UTF_8));
			if (!matcher.matches()) {
				return Optional.empty();
			}
			String digits = matcher.group(1)
				.codePoints()
				.mapToObj((digit) -> String.valueOf(Character.digit(digit, 10)))
				.collect(Collectors.joining());
			String code = matcher.group(2);
			return Optional
				.of(ClassId.valueOf(digits).value() + ((code != null) ? "/" + code.replaceAll("\\P{L}", "") : ""));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static boolean isRead(HttpServletRequest request) {
		return "GET".equals(request.getMethod()) || "HEAD".equals(request.getMethod());
	}

}
