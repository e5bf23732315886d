package rollcall.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Http;
import rollcall.Http.Answer;
import rollcall.ServerTest;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The requests of the projector's page and of the teacher who opens it, without a
 * browser.
 */
@ServerTest
@ExtendWith(OutputCaptureExtension.class)
class ProjectorPageTests {

	private final Http http;

	private final long classId = Http.newClassId();

	private final String roll = "/classes/" + this.classId + "/roll";

	ProjectorPageTests(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@Test
	void theAddressShowsTheRollAndNamesNoStudent() {
		String rollId = this.http.start(this.classId).member("rollId");
		this.http.present(this.classId, "042191010");
		Answer added = add();
		assertThat(added.status()).isEqualTo(201);
		assertThat(added.member("url")).matches("http://[0-9.]+:" + this.http.port() + "/p/" + added.member("token"));
		Answer state = state(added.member("token"));
		assertThat(state.status()).isEqualTo(200);
		assertThat(state.members()).containsExactly("classId", "present", "address", "links");
		assertThat(state.json().path("classId").asLong()).isEqualTo(this.classId);
		assertThat(state.json().path("present").asLong()).isEqualTo(1);
		assertThat(state.json().path("links")).hasSize(1);
		assertThat(state.json().at("/links/0").propertyNames()).containsExactly("qr");
		assertThat(state.text()).doesNotContain("042191010", "topic", rollId);
	}

	@Test
	void theLinksHaveTheCodesThatTheTeacherGets() {
		this.http.sendJson(this.roll, "{\"code\": true, \"endsAfter\": \"PT1H\"}");
		String token = add().member("token");
		List<String> before = codes();
		JsonNode state = state(token).json();
		List<String> after = codes();
		List<String> shown = state.path("links").findValuesAsString("code");
		assertThat(shown).isIn(before, after).hasSize(4);
		assertThat(state.path("endsInMs").asLong()).isBetween(3_000_000L, 3_600_000L);
		JsonNode first = state.at("/links/0");
		assertThat(first.path("fromMs").asLong()).isBetween(-15_000L, 0L);
		for (int i = 0; i < 4; i++) {
			JsonNode link = state.path("links").path(i);
			assertThat(link.path("untilMs").asLong()).isEqualTo(link.path("fromMs").asLong() + 15_000);
			assertThat(link.path("qr")).hasSameSizeAs(first.path("qr"));
		}
		this.http.setTimes(this.classId, "{\"code\": null, \"endsAfter\": null}");
		assertThat(state(token).text()).doesNotContain("code", "endsInMs");
	}

	@Test
	void theTokenMayBeTypedInAnyCaseAndInGroups() {
		this.http.start(this.classId);
		String token = add().member("token");
		String lower = token.toLowerCase(Locale.ROOT);
		assertThat(this.http.get("/p/" + lower + "/state").status()).isEqualTo(200);
		assertThat(this.http.get("/P/" + token + "/state").status()).isEqualTo(200);
		assertThat(this.http.get("/P/" + token).status()).isEqualTo(200);
		for (String separator : List.of("%20", "-")) {
			String groups = lower.substring(0, 4) + separator + lower.substring(4);
			assertThat(this.http.get("/p/" + groups).status()).isEqualTo(200);
			assertThat(this.http.get("/p/" + groups + "/state").status()).isEqualTo(200);
		}
	}

	@Test
	void theEndAndARevocationAndAFourthAddressCloseAPage() {
		this.http.start(this.classId);
		List<String> tokens = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			tokens.add(add().member("token"));
		}
		assertThat(tokens.stream().map((token) -> state(token).status())).containsExactly(404, 200, 200, 200);
		assertThat(this.http.delete(this.roll + "/projector").status()).isEqualTo(204);
		assertThat(tokens.stream().map((token) -> state(token).member("type")))
			.containsOnly("urn:rollcall:not-projected");
		String last = add().member("token");
		this.http.delete(this.roll);
		assertThat(state(last).members()).containsExactly("type", "title", "status", "detail");
	}

	@Test
	void nobodyLearnsTheTokenFromHeadersOrLogs(CapturedOutput log) {
		this.http.start(this.classId);
		String token = add().member("token");
		Answer page = this.http.get("/p/" + token, "Accept", "text/html");
		assertThat(page.response().headers().allValues("Referrer-Policy")).containsExactly("origin");
		assertThat(page.response().headers().allValues("Cache-Control")).containsExactly("no-store");
		assertThat(page.header("X-Robots-Tag")).hasValue("noindex, nofollow");
		assertThat(page.header("X-Frame-Options")).hasValue("DENY");
		assertThat(page.header("Content-Security-Policy").orElseThrow()).contains("frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(page.text()).doesNotContain(token).doesNotContain("class=\"number\" data-class>" + this.classId);
		Answer state = state(token);
		assertThat(state.response().headers().allValues("Cache-Control")).containsExactly("no-store");
		this.http.send("POST", "/p/" + token + "/state", "x");
		assertThat(this.http.get("/actuator/prometheus").text()).doesNotContainIgnoringCase(token);
		assertThat(log.getAll()).doesNotContainIgnoringCase(token);
	}

	@ParameterizedTest
	@CsvSource({ "en, Roll call", "pt-PT, Chamada", "es-AR, Pasar lista" })
	void thePageIsInTheLanguageOfTheBrowser(String language, String title) {
		assertThat(this.http.get("/p/BCDFGHJK", "Accept-Language", language).text())
			.contains("<title>" + title + "</title>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/p/BCDFGHJK", "/p/x", "/p/12345678", "/p/aeiouaei" })
	void thePageDoesNotSayWhetherAnAddressIsRight(String path) {
		Answer page = this.http.get(path);
		assertThat(page.status()).isEqualTo(200);
		assertThat(this.http.get(path + "/state").member("type")).isEqualTo("urn:rollcall:not-projected");
	}

	private Answer add() {
		return this.http.send("POST", this.roll + "/projector", null);
	}

	private Answer state(String token) {
		return this.http.get("/p/" + token + "/state");
	}

	private List<String> codes() {
		return this.http.get(this.roll + "/code").json().path("codes").findValuesAsString("code");
	}

}
