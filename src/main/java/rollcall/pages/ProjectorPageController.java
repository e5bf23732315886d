package rollcall.pages;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import rollcall.access.StudentAddress;
import rollcall.pages.Languages.Language;
import rollcall.pages.ProjectorGuesses.TooManyGuessesException;
import rollcall.pages.ProjectorState.Link;
import rollcall.problem.ProblemException;
import rollcall.problem.ProblemType;
import rollcall.roll.ClientNetwork;
import rollcall.roll.ProjectedRoll;
import rollcall.roll.ProjectorToken;
import rollcall.roll.RollCallService;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * The projector's page, which needs no login: its address contains the permission. The
 * page itself is the same for every address, and its script asks for the state.
 */
@Controller
class ProjectorPageController {

	/** As people type it: with caps lock, or with a space or dash between the letters. */
	private static final String PATH = "/{p:[pP]}/{token:[A-Za-z0-9 -]{1,16}}";

	private final RollCallService service;

	private final StudentAddress address;

	private final ProjectorGuesses guesses;

	private final Languages languages;

	private final PageTemplate template = new PageTemplate("projector");

	ProjectorPageController(RollCallService service, StudentAddress address, ProjectorGuesses guesses,
			Languages languages) throws IOException {
		this.service = service;
		this.address = address;
		this.guesses = guesses;
		this.languages = languages;
	}

	@GetMapping(PATH)
	ResponseEntity<String> page(HttpServletRequest request) {
		Language language = this.languages.choose(request, null);
		return PageTemplate.response(HttpStatus.OK)
			// The path is a secret, but the origin is not.
			.header("Referrer-Policy", "origin")
			.header("X-Robots-Tag", "noindex, nofollow")
			.body(this.template.render(new ProjectorPage(language.tag(), language.texts().projectorPage())));
	}

	@GetMapping(path = PATH + "/state", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	ProjectorState state(@PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
		try {
			return ProjectorToken.parse(token)
				.flatMap((valid) -> this.guesses.read(ClientNetwork.of(request), valid, this.service::projected))
				.map((roll) -> state(roll, request))
				.orElseThrow(() -> new ProblemException(ProblemType.NOT_PROJECTED, Map.of()));
		}
		catch (TooManyGuessesException ex) {
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(ex.retryAfterSeconds()));
			throw ex;
		}
	}

	private ProjectorState state(ProjectedRoll roll, HttpServletRequest request) {
		String link = this.address.bestSeenFrom(request) + roll.classId();
		List<Link> links = (roll.codes() == null) ? List.of(new Link(null, null, null, QrRows.of(link))) : roll.codes()
			.codes()
			.stream()
			.map((code) -> new Link(code.code(), code.fromMs(), code.untilMs(), QrRows.of(link + "/" + code.code())))
			.toList();
		return new ProjectorState(roll.classId(), roll.present(), roll.endsInMs(), link, links);
	}

	/**
	 * The values that {@code projector.mustache} shows.
	 *
	 * @param language language tag of the page
	 * @param text texts of the page, by key
	 */
	record ProjectorPage(String language, Map<String, Object> text) {
	}

}
