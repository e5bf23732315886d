package rollcall.pages;

import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The projector view on the screens of lecture halls.
 */
class ProjectorIT extends InChromium {

	/** The largest class id has 16 digits. */
	static final long LONG_CLASS = 9_007_199_254_740_000L;

	private static final List<String> SCREENS = List.of("1024x768", "1280x800", "1366x768", "1920x1080", "3840x2160");

	/** The visible elements with text or a picture that are not wholly on the screen. */
	private static final String CUT = """
			() => [...document.querySelectorAll('.projector *')]
			  .filter((each) => each.checkVisibility() && each.childElementCount === 0 && each.tagName !== 'WBR')
			  .filter((each) => {
			    const box = each.getBoundingClientRect();
			    return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
			  }).map((each) => each.outerHTML)
			  .concat(document.documentElement.scrollHeight > innerHeight ? ['scroll bar'] : [])
			  .concat([...document.querySelectorAll('.board')]
			    .filter((board) => board.scrollWidth > board.clientWidth || board.scrollHeight > board.clientHeight + 1)
			    .map(() => 'larger than its cell'))""";

	private static final String TOO_WIDE = "document.documentElement.scrollWidth > innerWidth";

	@ParameterizedTest
	@ValueSource(strings = { "en", "pt-BR", "es" })
	void everythingFitsOnTheScreen(String language) {
		Page page = window(new Browser.NewContextOptions().setLocale(language));
		page.addInitScript("""
				let count = 0;
				navigator.wakeLock.request = () => {
				  document.documentElement.dataset.awake = ++count;
				  return Promise.resolve({ release() {} });
				}""");
		Http http = new Http(this.port);
		long classId = LONG_CLASS + Http.newClassId() % 900;
		Dashboard projector = new Dashboard(page).open(url("/teacher#" + classId + "/projector"));
		assertThat(projector.hook("next")).not().isEmpty();
		assertThat(page.locator("h1")).isFocused();
		assertThat(page.locator("html")).hasAttribute("data-awake", "1");
		page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
		assertThat(page.locator("html")).hasAttribute("data-awake", "2");
		fits(page);
		http.start(classId);
		projector.isLive();
		http.present(classId, "042191010");
		projector.counts(1);
		fits(page);
		http.setTimes(classId, "{\"code\": true}");
		assertThat(projector.hook("letters")).isVisible();
		fits(page);
		page.setViewportSize(360, 640);
		assertThat(page.evaluate(TOO_WIDE)).isEqualTo(false);
		http.delete("/classes/" + classId + "/roll");
		assertThat(projector.hook("closed")).isVisible();
		fits(page);
	}

	private static void fits(Page page) {
		SCREENS.forEach((screen) -> fits(page, screen));
	}

	/** Requires that everything is on a screen such as {@code 1024x768}. */
	static void fits(Page page, String screen) {
		String[] sides = screen.split("x");
		page.setViewportSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
		assertThat((List<?>) page.evaluate(CUT)).as(screen).isEmpty();
	}

}
