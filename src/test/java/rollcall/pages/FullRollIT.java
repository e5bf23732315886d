package rollcall.pages;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.TestPropertySource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A roll that is full, on a phone and on the dashboard. */
@TestPropertySource(properties = "rollcall.max-students-per-roll=1")
class FullRollIT extends InChromium {

	@Test
	void phoneAndDashboardReportAFullRoll() {
		TestClass room = new TestClass(this.port);
		room.start();
		Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
		teacher.counts(0);
		assertThat(teacher.hook("full")).isHidden();
		room.arrive("S-", 1);
		Page phone = phone();
		answer(phone, room);
		assertThat(phone.locator("[data-screen=refused] p.why:visible")).hasText("The list of this class is full.");
		teacher.counts(1);
		assertThat(teacher.hook("full")).hasText("The list is full. No more students can be recorded.");
		teacher.hook("add-id").fill("by-hand");
		teacher.page().keyboard().press("Enter");
		assertThat(teacher.page().locator(".arrivals [data-undo-text]")).containsText("Not changed: by-hand. ");
		teacher.counts(1);
		room.end();
		phone.locator("[data-screen=refused] [data-again] button").click();
		assertThat(phone.locator("[data-screen=refused] p.why:visible"))
			.hasText("The roll of this class is not open now.");
	}

	@Test
	void withoutJavaScriptThePhoneReportsAFullRoll() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 1);
		Page phone = window(phoneOptions().setJavaScriptEnabled(false).setLocale("pt-BR"));
		answer(phone, room);
		assertThat(phone.locator("[data-screen=refused] p.why:visible")).hasText("A lista desta turma está cheia.");
	}

	private void answer(Page phone, TestClass room) {
		phone.navigate(url("/" + room.id));
		phone.locator("#student").fill("late");
		phone.locator("[data-send]").click();
	}

}
