package rollcall.pages;

import java.io.IOException;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.Relay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The projector's page, which needs no login, in the browser of a lecture hall.
 */
class ProjectorPageIT extends InChromium {

	private static final List<String> SIZES = List.of("360x640", "740x360", "1024x768", "1280x800", "1920x1080",
			"3840x2160");

	/** The visible texts and pictures that are not wholly on the screen. */
	private static final String CUT = """
			() => [...document.querySelectorAll('main *')]
			  .filter((each) => each.checkVisibility() && each.childElementCount === 0)
			  .filter((each) => {
			    const box = each.getBoundingClientRect();
			    return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
			  }).map((each) => each.outerHTML)""";

	private Http http;

	private long classId;

	private String roll;

	@BeforeEach
	void newClass() {
		this.http = new Http(this.port);
		this.classId = Http.newClassId();
		this.roll = "/classes/" + this.classId + "/roll";
	}

	@Test
	void theCodeChangesAndIsBlankedWithoutAConnection() throws IOException {
		this.http.sendJson(this.roll, "{\"code\": true, \"endsAfter\": \"PT1H\"}");
		this.http.sendJson("/classes/" + this.classId + "/presence",
				"{\"studentId\": \"a\", \"code\": \"" + code() + "\"}");
		Page page = window(new Browser.NewContextOptions().setLocale("en-GB").setViewportSize(1024, 768));
		page.clock().install();
		try (Relay network = new Relay(this.port)) {
			page.navigate(network.url() + "/p/" + token().toLowerCase(java.util.Locale.ROOT));
			assertThat(page.locator("[data-class]")).hasText(String.valueOf(this.classId));
			inspectAt(SIZES, page, "projector-page-code", ColorScheme.LIGHT);
			network.cut();
			page.clock().fastForward(20_000);
			assertThat(page.locator("[data-not-live]")).isVisible();
			inspectAt(SIZES, page, "projector-page-not-live", ColorScheme.LIGHT);
		}
	}

	private String token() {
		return this.http.send("POST", this.roll + "/projector", null).member("token");
	}

	private String code() {
		return this.http.get(this.roll + "/code").json().at("/codes/0/code").asString();
	}

}
