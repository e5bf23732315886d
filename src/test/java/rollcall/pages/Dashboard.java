package rollcall.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The teacher's page, for tests.
 */
record Dashboard(Page page) {

	/**
	 * Scrolls through the list from top to bottom and collects its rows. The page has
	 * only the visible rows at any time.
	 */
	private static final String READ_LIST = """
			async () => {
			  const frame = () => new Promise(requestAnimationFrame);
			  const list = document.querySelector('[data-list]');
			  const rows = [];
			  let most = 0;
			  for (let top = 0; top === 0 || top < list.scrollHeight; top += list.clientHeight) {
			    list.scrollTop = top;
			    // The browser's own event can come after the frames of a clock that a test has installed.
			    list.dispatchEvent(new Event('scroll'));
			    await frame();
			    await frame();
			    await frame();
			    const shown = [...list.querySelectorAll('[data-rows] li')];
			    most = Math.max(most, shown.length);
			    rows.push(...shown.map((row) => [row.dataset.place, row.querySelector('.id').textContent]));
			  }
			  return { rows, most };
			}""";

	Dashboard open(String url) {
		this.page.navigate(url);
		return this;
	}

	/** Opens the page of an open roll, at which a1, b1 and c1 then arrive. */
	Dashboard withThreeStudents(TestClass room, String server) {
		open(server + "/teacher#" + room.id);
		isLive();
		for (String student : new String[] { "a", "b", "c" }) {
			room.arrive(student, 1);
		}
		counts(3);
		return this;
	}

	Locator hook(String name) {
		return this.page.locator("[data-" + name + "]");
	}

	void isLive() {
		assertThat(hook("connection")).hasAttribute("data-state", "live");
	}

	/** Waits for the count of the roll; the list of open rolls has counts too. */
	void counts(int present) {
		assertThat(this.page.locator(".counter [data-count]")).hasText(String.valueOf(present));
	}

	void end() {
		hook("end").click();
		hook("confirm").click();
	}

	/** The students on the screen, newest first. */
	List<String> visibleStudents() {
		return this.page.locator("[data-rows] .id").allTextContents();
	}

	/** Scrolls through the whole list and returns its students by place. */
	Arrivals arrivals() {
		Map<?, ?> read = (Map<?, ?>) this.page.evaluate(READ_LIST);
		Map<Integer, String> byPlace = new TreeMap<>();
		for (Object row : (List<?>) read.get("rows")) {
			List<?> cells = (List<?>) row;
			byPlace.put(Integer.valueOf((String) cells.get(0)), (String) cells.get(1));
		}
		return new Arrivals(new ArrayList<>(byPlace.keySet()), new ArrayList<>(byPlace.values()),
				((Number) read.get("most")).intValue());
	}

	/**
	 * The rows of the list.
	 *
	 * @param places the places of the rows in the order of arrival, ascending
	 * @param students the student ids in the same order
	 * @param mostRows the largest number of rows in the page at a time
	 */
	record Arrivals(List<Integer> places, List<String> students, int mostRows) {
	}

}
