package rollcall.pages;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.Result;
import com.google.zxing.client.result.ResultParser;
import com.google.zxing.client.result.WifiParsedResult;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The address for phones on the dashboard and on the projector, and their QR codes.
 */
class AddressPageIT extends InChromium {

	private static final List<String> SIZES = List.of("360x640", "1440x900");

	private static final String WIRED = candidate("10.0.0.5", "eth0");

	private static final String WIRELESS = candidate("192.168.0.7", "wlan0");

	private static final String WIRELESS_LATER = candidate("192.168.0.9", "wlan0");

	private static final String VIRTUAL = candidate("192.168.56.1", "VirtualBox Host-Only Ethernet Adapter");

	private static final String NETWORK_CHANGED = "window.dispatchEvent(new Event('online'))";

	/** The candidates that the server answers; none is a failure. */
	private volatile List<String> candidates = List.of(WIRED, WIRELESS);

	@Test
	void scannerReadsQrCodesOfAllLengths() {
		Page page = laptop();
		page.navigate(url("/teacher"));
		Stream<String> bytes = IntStream.iterate(0, (length) -> length <= 331, (length) -> length + 3)
			.mapToObj((length) -> "aB3:/é".repeat(60).substring(0, length))
			.filter((text) -> text.getBytes(StandardCharsets.UTF_8).length <= 331);
		Stream<String> alphanumeric = IntStream.iterate(1, (length) -> length <= 483, (length) -> length + 7)
			.mapToObj((length) -> "HTTPS://A-Z.Q0:9/$%*+ ".repeat(22).substring(0, length));
		List<String> texts = Stream.concat(bytes, alphanumeric).toList();
		assertThat(texts).contains("HTTPS://A-Z.Q0:9/$%*+ ".repeat(22).substring(0, 477));
		List<?> codes = qrCodes(page, texts);
		for (int i = 0; i < texts.size(); i++) {
			assertThat(QrPicture.read((List<?>) codes.get(i))).isEqualTo(texts.get(i));
		}
		assertThat(page.evaluate(
				"""
						() => import('/teacher/qr-code.js').then(({ qrCode }) => [['x', 332], ['X', 484]].map(([letter, count]) => {
						  try {
						    return qrCode(letter.repeat(count)).length;
						  } catch (error) {
						    return error.name;
						  }
						}))"""))
			.isEqualTo(List.of("RangeError", "RangeError"));
	}

	@Test
	void theQrCodeHasAnAddressInCapitalsOnlyIfItKeepsItsMeaning() {
		Map<String, String> written = new LinkedHashMap<>();
		for (String same : List.of("http://[fe80::1]:8080/42", "http://lab_pc01:8080/42",
				"https://roll.example.org/path/42", "https://roll.example.org/42?a=b",
				"https://ana@roll.example.org/42", "https://stra\u00dfe.example/42", "ftp://10.0.0.5/42",
				"WIFI:T:WPA;S:Sala;;")) {
			written.put(same, same);
		}
		written.put("http://192.168.1.5:8080/42", "HTTP://192.168.1.5:8080/42");
		written.put("http://192.168.1.5:8080/42/BCDFGH", "HTTP://192.168.1.5:8080/42/BCDFGH");
		written.put("https://roll.example.org/42/BCDFGH", "HTTPS://ROLL.EXAMPLE.ORG/42/BCDFGH");
		written.put("https://Roll.Example.ORG:8443/42", "HTTPS://ROLL.EXAMPLE.ORG:8443/42");
		written.put("http://xn--strae-oqa.example/42", "HTTP://XN--STRAE-OQA.EXAMPLE/42");
		Page page = laptop();
		page.navigate(url("/teacher"));
		List<?> texts = (List<?>) page.evaluate(
				"(texts) => import('/teacher/qr-text.js').then(({ inCapitals }) => texts.map(inCapitals))",
				List.copyOf(written.keySet()));
		assertThat(texts).isEqualTo(List.copyOf(written.values()));
		List<?> codes = qrCodes(page, texts);
		for (int i = 0; i < texts.size(); i++) {
			assertThat(QrPicture.read((List<?>) codes.get(i))).isEqualTo(texts.get(i));
		}
		List<?> sizes = qrCodes(page, List.of("HTTP://192.168.1.5:8080/42/BCDFGH", "HTTP://192.168.1.5:8080/42/ZZZZZZ",
				"http://192.168.1.5:8080/42/BCDFGH"))
			.stream()
			.map((rows) -> ((List<?>) rows).size())
			.toList();
		assertThat(sizes).as("modules in capitals, with another code, in small letters").isEqualTo(List.of(25, 25, 29));
	}

	@Test
	void chosenAddressIsRememberedAndTheProjectorFollows() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		page.context().route("**/teacher/address", this::answer);
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		Page second = page.context().newPage();
		Dashboard projector = new Dashboard(second).open(url("/teacher#" + room.id + "/projector"));
		shows(projector, "http://10.0.0.5:8080/" + room.id);
		assertThat(teacher.hook("address")).hasText("http://10.0.0.5:8080/" + room.id);
		Locator choice = teacher.hook("address-choice");
		assertThat(choice.locator("option"))
			.hasText(new String[] { "10.0.0.5:8080 · eth0", "192.168.0.7:8080 · wlan0" });

		choice.selectOption("http://192.168.0.7:8080/");
		assertThat(teacher.hook("address")).hasText("http://192.168.0.7:8080/" + room.id);
		shows(projector, "http://192.168.0.7:8080/" + room.id);

		this.candidates = List.of(WIRED, WIRELESS_LATER);
		second.evaluate(NETWORK_CHANGED);
		shows(projector, "http://192.168.0.9:8080/" + room.id);

		this.candidates = List.of(WIRED);
		page.evaluate(NETWORK_CHANGED);
		second.evaluate(NETWORK_CHANGED);
		assertThat(teacher.hook("address")).hasText("http://10.0.0.5:8080/" + room.id);
		assertThat(choice).isHidden();
		shows(projector, "http://10.0.0.5:8080/" + room.id);

		this.candidates = List.of(WIRED, WIRELESS);
		page.reload();
		assertThat(teacher.hook("address")).hasText("http://192.168.0.7:8080/" + room.id);
	}

	@Test
	void missingAddressIsAskedForUntilItIsThere() {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = laptop();
		page.context().route("**/teacher/address", this::answer);
		this.candidates = List.of();
		Dashboard projector = new Dashboard(page).open(url("/teacher#" + room.id + "/projector"));
		assertThat(projector.hook("address-state")).containsText("Trying again since");
		assertThat(projector.hook("qr")).isHidden();
		this.candidates = List.of(WIRED);
		shows(projector, "http://10.0.0.5:8080/" + room.id);
		this.candidates = List.of();
		page.evaluate(NETWORK_CHANGED);
		shows(projector, "http://10.0.0.5:8080/" + room.id);
		assertThat(projector.hook("address-state")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "LIGHT, en", "DARK, pt-BR" })
	void projectorShowsTheWifiOfTheClassroom(ColorScheme scheme, String language) {
		TestClass room = new TestClass(this.port);
		room.start();
		Page page = window(new Browser.NewContextOptions().setColorScheme(scheme).setLocale(language));
		Queue<String> sent = new ConcurrentLinkedQueue<>();
		page.context().onRequest((request) -> sent.add(request.url() + request.postData() + request.allHeaders()));
		page.context().route("**/teacher/address", this::answer);
		this.candidates = List.of(WIRED, VIRTUAL);
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		inspectAt(SIZES, page, "address-choice", scheme);
		endIsOnTheScreen(teacher, 1024, 650);
		endIsOnTheScreen(teacher, 1280, 720);
		teacher.hook("wifi").click();
		page.locator("#wifi-name").fill("Sala \"1\"; a,b:c\\d");
		page.locator("#wifi-password").fill("curta");
		page.keyboard().press("Enter");
		assertThat(page.locator("#wifi-mistake")).not().isEmpty();
		assertThat(page.locator("#wifi-password")).isFocused();
		inspectAt(SIZES, page, "wifi-dialog", scheme);
		page.locator("#wifi-password").fill("p;a,s:s\\w\"ord é");
		page.locator("[name=hidden]").check();
		page.keyboard().press("Enter");
		assertThat(page.locator("dialog.wifi")).isHidden();

		Page second = page.context().newPage();
		Dashboard projector = new Dashboard(second).open(url("/teacher#" + room.id + "/projector"));
		shows(projector, "http://10.0.0.5:8080/" + room.id);
		WifiParsedResult wifi = wifi(projector);
		assertThat(wifi.getSsid()).isEqualTo("Sala \"1\"; a,b:c\\d");
		assertThat(wifi.getPassword()).isEqualTo("p;a,s:s\\w\"ord é");
		assertThat(wifi.getNetworkEncryption()).isEqualTo("WPA");
		assertThat(wifi.isHidden()).isTrue();
		assertThat(second.locator("figcaption").first()).containsText("1. Wi-Fi: Sala");
		assertThat(second.locator("figcaption").last()).containsText("2. ");
		inspectAt(PROJECTOR_SIZES, second, "projector-wifi", scheme);
		room.setTimes("{\"lateAfter\": \"PT10M\", \"endsAfter\": \"PT20M\"}");
		assertThat(projector.hook("left")).isVisible();
		for (String size : List.of("568x320", "740x360", "1024x768")) {
			ProjectorIT.fits(second, size);
		}

		teacher.hook("wifi").click();
		page.locator("#wifi-name").fill("open");
		page.locator("#wifi-password").fill("");
		page.locator("[name=hidden]").uncheck();
		page.keyboard().press("Enter");
		assertThat(second.locator("figcaption").first()).hasText("1. Wi-Fi: open");
		assertThat(wifi(projector).getNetworkEncryption()).isEqualTo("nopass");
		assertThat(wifi(projector).isHidden()).isFalse();

		teacher.hook("wifi").click();
		page.locator("[data-wifi-remove]").click();
		assertThat(projector.hook("wifi-qr")).isHidden();
		assertThat(sent).isNotEmpty().noneMatch((request) -> request.contains("ord") && request.contains("p;a"));
		assertThat(sent).noneMatch((request) -> request.contains("Sala"));
	}

	/** Makes QR codes on a page: for each text its rows, each of 0 and 1. */
	private static List<?> qrCodes(Page page, List<?> texts) {
		return (List<?>) page.evaluate("""
				(texts) => import('/teacher/qr-code.js').then(({ qrCode }) => texts.map(
				  (text) => qrCode(text).map((row) => Array.from(row).join(''))))""", texts);
	}

	private static void endIsOnTheScreen(Dashboard teacher, int width, int height) {
		teacher.page().setViewportSize(width, height);
		assertThat(teacher.hook("end")).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
	}

	private void answer(Route route) {
		if (this.candidates.isEmpty()) {
			route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("busy"));
		}
		else {
			route.fulfill(new Route.FulfillOptions().setContentType("application/json")
				.setBody("{\"candidates\": [" + String.join(",", this.candidates) + "]}"));
		}
	}

	private static void shows(Dashboard projector, String address) {
		assertThat(projector.hook("address")).hasText(address);
		assertThat(projector.hook("qr")).isVisible();
		assertThat(QrPicture.read(projector.hook("qr"))).isEqualTo(address.toUpperCase(Locale.ROOT));
	}

	private static WifiParsedResult wifi(Dashboard projector) {
		String text = QrPicture.read(projector.hook("wifi-qr"));
		return (WifiParsedResult) ResultParser.parseResult(new Result(text, null, null, BarcodeFormat.QR_CODE));
	}

	private static String candidate(String host, String adapter) {
		return "{\"url\": \"http://%s:8080/\", \"adapter\": \"%s\", \"reachable\": true}".formatted(host, adapter);
	}

}
