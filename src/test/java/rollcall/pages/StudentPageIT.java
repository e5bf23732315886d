package rollcall.pages;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The student's page on a phone.
 */
class StudentPageIT extends InChromium {

	@Test
	void answerShowsClassStudentAndLocalTime() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page phone = phone();
		open(phone, room).answer("042191010").shows("recorded", "042191010");
		assertThat(phone.locator("[data-screen=recorded] [data-class]")).hasText(String.valueOf(room.id));
		assertThat(phone.locator("[data-recorded-why]")).hasText("You are on the list.");
		assertThat(phone.locator("[data-screen=recorded] h1")).isFocused();
		assertThat((String) phone.locator("[data-screen=recorded] [data-time]")
			.evaluate("(time) => String(new Date(time.dateTime).getFullYear() + ' ' + time.textContent)"))
			.matches("(\\d{4}) \\d{1,2} \\w+ \\1, \\d\\d:\\d\\d:\\d\\d");
	}

	/** Some systems report a language tag that is not valid. */
	@Test
	void midnightIsWrittenWithZerosAlsoForAnInvalidLanguageTag() {
		Page phone = phone();
		phone.addInitScript("Object.defineProperty(navigator, 'languages', { get: () => ['en-US@posix'] })");
		phone.navigate(url("/"));
		assertThat((String) phone.evaluate("StudentScreens.localTime(new Date(2026, 10, 26, 0, 5, 9).toISOString())"))
			.endsWith(", 00:05:09");
	}

	@Test
	void rememberedIdIsOfferedOnAButtonAndNotTypedIn() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		StudentPhone phone = open(page, room).answer("042191010").shows("recorded");
		phone.open(url("/")).open(url("/" + room.id)).asksWith("");
		assertThat(page.locator("[data-me-send]")).hasText("I am 042191010");
		phone.press("me-send").shows("recorded", "042191010").press("back").asksWith("");
		phone.press("me-forget").asksWith("");
		assertThat(page.locator("[data-me-send]")).isHidden();
		phone.open(url("/")).open(url("/" + room.id));
		assertThat(page.locator("[data-me-send]")).isHidden();
	}

	@Test
	void fullStorageOffersNoIdOfAnotherStudent() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		StudentPhone phone = new StudentPhone(page).open(url("/" + room.id));
		page.evaluate(
				"""
						() => {
						  localStorage.setItem('rollcall.student', JSON.stringify({ studentId: 'OLD', since: 0, receipts: [] }));
						  Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };
						}""");
		phone.answer("NEW").shows("recorded", "NEW").press("back");
		assertThat(page.locator("[data-me-send]")).hasText("I am NEW");
		phone.press("me-forget");
		assertThat(page.locator("[data-me]")).isHidden();
		page.reload();
		assertThat(page.locator("[data-me]")).isHidden();
	}

	@Test
	void phoneWithoutStorageStillKnowsItsReceiptAfterAReload() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		page.addInitScript("Object.defineProperty(window, 'localStorage',"
				+ " { get() { throw new DOMException('', 'SecurityError'); } })");
		StudentPhone phone = open(page, room).answer("042191010").shows("recorded");
		page.reload();
		phone.shows("recorded", "042191010").press("back").asksWith("");
		page.reload();
		assertThat(page.locator("[data-me-send]")).hasText("I am 042191010");
		room.end();
		phone.press("me-send").shows("ended", "042191010").press("back");
		phone.press("me-forget").asksWith("");
		page.reload();
		assertThat(page.locator("[data-me]")).isHidden();
		phone.answer("042191010").shows("refused");
		phone.open(url("/")).open(url("/" + room.id));
		assertThat(page.locator("[data-me]")).isHidden();
	}

	@Test
	void deviceOfSeveralStudentsRemembersNobody() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		StudentPhone tablet = open(page, room);
		tablet.scan("A1").shows("recorded", "A1").scan("B2").shows("recorded", "B2");
		tablet.press("back").asksWith("");
		assertThat(page.locator("[data-me-send]")).isHidden();
		tablet.scan("C3").shows("recorded", "C3");
		tablet.open(url("/")).open(url("/" + room.id));
		assertThat(page.locator("[data-me-send]")).isHidden();
		assertThat((String) page.evaluate("JSON.stringify(localStorage)")).doesNotContain("A1", "B2", "C3");
	}

	@Test
	void deviceThatIsPassedRoundSlowlyForgetsAtTheThirdStudent() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		page.addInitScript("window.passed = 0; const now = Date.now; Date.now = () => now() + window.passed");
		StudentPhone tablet = open(page, room).scan("A1").shows("recorded", "A1");
		page.evaluate("window.passed += 300000");
		tablet.scan("B2").shows("recorded", "B2").press("back");
		assertThat(page.locator("[data-me-send]")).hasText("I am B2");
		page.evaluate("window.passed += 300000");
		tablet.scan("C3").shows("recorded", "C3").press("back");
		assertThat(page.locator("[data-me-send]")).isHidden();
	}

	@Test
	void pageTriesAgainUntilTheServerAnswers() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = phone();
		StudentPhone phone = open(page, room);
		page.context().setOffline(true);
		phone.answer("042191010").shows("offline", "042191010");
		assertThat(page.locator("[data-next]")).hasText("Next try in 1 s");
		assertThat(page.locator("[data-offline-why]")).hasText("There is no answer yet.");
		assertThat(page.locator("[aria-invalid]")).hasCount(0);
		page.context().setOffline(false);
		phone.shows("recorded", "042191010");
		assertThat(room.current()).contains("042191010");
	}

	@Test
	void refusedStudentCanTryAgainOrGoBack() {
		TestClass room = new TestClass(this.port);
		Page page = phone();
		StudentPhone phone = open(page, room).answer("042191010").shows("refused", "042191010");
		assertThat(page.locator("[data-reason]:visible")).hasAttribute("data-reason", "no-open-roll");
		room.start();
		page.locator("[data-screen=refused] [data-again] button").click();
		phone.shows("recorded", "042191010").press("back").asksWith("");
	}

	@Test
	void invalidInputIsExplainedInThePagesLanguageAndNotSent() {
		Page page = window(phoneOptions().setLocale("pt-BR"));
		page.onRequest((request) -> assertThat(request.method()).isEqualTo("GET"));
		StudentPhone phone = new StudentPhone(page).open(url("/"));
		assertThat(page.locator("#class")).isFocused();
		phone.scan("abc");
		assertThat(page.locator("[data-problem]:visible")).hasText("“abc” não é um número de turma. Exemplo: 42.");
		assertThat(page.locator("#class")).hasAttribute("aria-invalid", "true");
		phone.scan("99999999999999999999");
		assertThat(page.locator("[data-problem]:visible"))
			.hasText("“99999999999999999999” não é um número de turma. Exemplo: 42.");
		phone.scan("42");
		assertThat(page.locator("[data-problem]:visible")).hasText("Digite sua matrícula. Exemplo: 042191010.");
		phone.scan("José 1").asksWith("José 1");
		assertThat(page.locator("[data-problem]:visible")).containsText("“José 1” não é uma matrícula.");
		assertThat(page.locator("#class")).not().hasAttribute("aria-invalid", "true");
	}

	private StudentPhone open(Page phone, TestClass room) {
		return new StudentPhone(phone).open(url("/" + room.id));
	}

}
