package rollcall.pages;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.roll.CodedRoll;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationContext;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The student's page in a roll that requires a code.
 */
class StudentCodeIT extends InChromium {

	private static final String EXPIRED = "This code has run out. Scan the code on the screen again,"
			+ " or type the letters that the screen shows now.";

	private final ApplicationContext server;

	private final long classId = Http.newClassId();

	StudentCodeIT(ApplicationContext server) {
		this.server = server;
	}

	/** One phone opens the link in the room, the other at home two minutes later. */
	@Test
	void linkCountsInTheRoomAndNotLaterAtHome() {
		CodedRoll roll = start();
		Page inTheRoom = phone();
		List<JsonNode> sent = presences(inTheRoom);
		StudentPhone phone = new StudentPhone(inTheRoom).open(link(roll.code())).asksWith("");
		assertThat(inTheRoom.locator("#code")).isHidden();
		phone.answer("042191010").shows("recorded", "042191010");
		assertThat(sent).singleElement()
			.satisfies(
					(presence) -> assertThat(presence.propertyNames()).containsExactly("studentId", "code", "ticket"));
		isForgotten(inTheRoom, sent.get(0));
		inTheRoom.reload();
		phone.shows("recorded", "042191010");

		Page atHome = phone();
		StudentPhone home = new StudentPhone(atHome).open(link(roll.code(Duration.ofMinutes(2)))).answer("042191011");
		asksForTheCode(atHome, EXPIRED, "042191011");
		atHome.keyboard().type("bbb bbb");
		atHome.keyboard().press("Enter");
		asksForTheCode(atHome, "“BBB BBB” is not the code. Scan the code on the screen again,"
				+ " or type the letters that the screen shows now.", "042191011");
		atHome.reload();
		home.asksWith("");
		assertThat(atHome.locator("#code")).isHidden();
	}

	/** The code runs out while the student types. */
	@Test
	void ticketOfThisPhoneGivesASlowTypistTime() {
		CodedRoll roll = start();
		Page page = phone();
		String code = roll.code(Duration.ofSeconds(60));
		StudentPhone phone = new StudentPhone(page).open(link(code));
		String cookie = page.context()
			.cookies()
			.stream()
			.filter((each) -> each.name.equals("rollcall-phone"))
			.findFirst()
			.orElseThrow().value;
		page.locator("[name=ticket]")
			.evaluate("(field, ticket) => { field.value = ticket; }",
					roll.ticket(code, cookie, Duration.ofSeconds(60)));
		phone.answer("042191010").shows("recorded", "042191010");
	}

	@Test
	void codeIsTypedWhenTheClassAsksForIt() {
		CodedRoll roll = start();
		Page page = phone();
		StudentPhone phone = new StudentPhone(page).open(url("/"));
		page.locator("#class").fill(String.valueOf(this.classId));
		phone.answer("042191010");
		asksForTheCode(page, "This class asks for a code. Scan the code on the screen, or type its letters here.",
				"042191010");
		page.keyboard().type(typed(roll));
		page.keyboard().press("Enter");
		phone.shows("recorded", "042191010").open(url("/" + this.classId));
		assertThat(page.locator("#code")).isHidden();
		phone.press("me-send");
		asksForTheCode(page, "This class asks for a code. Scan the code on the screen, or type its letters here.",
				"042191010");
		page.keyboard().type(typed(roll));
		phone.press("me-send").shows("recorded", "042191010");
	}

	@Test
	void allIdsThatWaitForACodeAreSentWithIt() {
		CodedRoll roll = start();
		Page page = laptop();
		List<Route> held = new CopyOnWriteArrayList<>();
		page.route("**/presence", held::add);
		StudentPhone tablet = new StudentPhone(page).open(link(roll.code(Duration.ofMinutes(2))));
		tablet.scan("A1").scan("B2");
		page.keyboard().type("C3");
		page.waitForCondition(() -> held.size() == 1);
		page.unroute("**/presence");
		held.get(0).resume();
		asksForTheCode(page, EXPIRED, "C3");
		page.keyboard().type(typed(roll));
		page.keyboard().press("Enter");
		tablet.shows("recorded", "C3");
		assertThat(new Http(this.port).get("/classes/" + this.classId + "/roll").text()).contains("\"A1\"", "\"B2\"",
				"\"C3\"");
	}

	/** So that the code is judged by the time of the first attempt. */
	@Test
	void presenceIsRepeatedWithTheTicketOfABusyServer() {
		CodedRoll roll = start();
		Page page = phone();
		List<JsonNode> sent = presences(page);
		busy(page, () -> "of the server");
		StudentPhone phone = new StudentPhone(page).open(link(roll.code())).answer("042191010").shows("offline");
		page.unroute("**/presence");
		page.reload();
		phone.shows("recorded", "042191010");
		assertThat(sent.get(sent.size() - 1).path("ticket").asString()).isEqualTo("of the server");
		isForgotten(page, sent.get(0));
	}

	@Test
	void theNewestTicketOfABusyServerIsKeptForAllIds() {
		CodedRoll roll = start();
		Page page = laptop();
		List<JsonNode> sent = presences(page);
		busy(page, () -> "ticket " + sent.size());
		StudentPhone tablet = new StudentPhone(page).open(link(roll.code())).scan("A1").shows("offline");
		tablet.scan("B2").shows("offline", "A1, B2");
		page.waitForCondition(() -> sent.size() > 1 && !field(page, "ticket").equals("ticket 1"));
		page.unroute("**/presence");
		tablet.again().shows("recorded", "B2").scan("C3").shows("recorded", "C3");
		// The page may also have sent A1 by itself.
		int refused = sent.size() - 3;
		assertThat(sent.subList(refused, sent.size())).extracting((each) -> each.path("studentId").asString())
			.containsExactly("A1", "B2", "C3");
		assertThat(sent.subList(refused, sent.size())).extracting((each) -> each.path("ticket").asString())
			.containsOnly("ticket " + refused);
	}

	private static String field(Page page, String name) {
		return page.locator("[name=" + name + "]").inputValue();
	}

	@Test
	void codeIsAskedForWithoutJavaScript() {
		CodedRoll roll = start();
		Page page = window(phoneOptions().setJavaScriptEnabled(false));
		StudentPhone phone = new StudentPhone(page).open(link(roll.code(Duration.ofMinutes(2)))).answer("042191010");
		asksForTheCode(page, EXPIRED, "042191010");
		page.locator("button[lang=es]").click();
		page.locator("#code").fill(typed(roll));
		page.locator("[data-send]").click();
		phone.shows("recorded", "042191010");
		assertThat(page).hasURL(url("/" + this.classId + "/receipt"));
		phone.open(link(roll.code())).answer("042191011").shows("recorded", "042191011");
	}

	private CodedRoll start() {
		return CodedRoll.start(this.server, new Http(this.port), this.classId);
	}

	private String link(String code) {
		return url("/" + this.classId + "/" + code);
	}

	/** The code as a phone writes it. */
	private static String typed(CodedRoll roll) {
		String code = roll.code().toLowerCase(Locale.ROOT);
		return code.substring(0, 3) + " - " + code.substring(3);
	}

	private void asksForTheCode(Page page, String why, String studentId) {
		assertThat(page.locator("[data-problem]:visible")).hasText(why);
		assertThat(page.locator("#code")).isFocused();
		assertThat(page.locator("#code")).hasValue("");
		assertThat(page.locator("#code")).hasAttribute("aria-invalid", "true");
		assertThat(page.locator("#student")).hasValue(studentId);
		assertThat(page.url()).doesNotContainPattern("/[A-Z]{6}$");
	}

	/** The page keeps neither the code nor the ticket of a presence that was answered. */
	private void isForgotten(Page page, JsonNode presence) {
		assertThat(page).hasURL(url("/" + this.classId));
		assertThat((String) page.evaluate("JSON.stringify([history.state, localStorage, sessionStorage])"))
			.contains("042191010")
			.doesNotContain(presence.path("code").asString(), presence.path("ticket").asString());
	}

	private static List<JsonNode> presences(Page page) {
		List<JsonNode> sent = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> {
			if (request.method().equals("POST")) {
				sent.add(new JsonMapper().readTree(request.postData()));
			}
		});
		return sent;
	}

	/** The server cannot answer presences, and gives each one a ticket. */
	private static void busy(Page page, Supplier<String> ticket) {
		page.route("**/presence", (route) -> route.fulfill(new Route.FulfillOptions().setStatus(503)
			.setContentType("application/problem+json")
			.setBody("{\"type\":\"urn:rollcall:overloaded\",\"status\":503,\"ticket\":\"" + ticket.get() + "\"}")));
	}

}
