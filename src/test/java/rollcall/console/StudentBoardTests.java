package rollcall.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** When each code is shown, with a clock that the test moves. */
class StudentBoardTests {

	private static final String CODES = """
			{"rollId":"5f0c3f0e-4f3c-4a80-9c7b-0d3c1c1a7f11","periodMs":15000,"codes":[\
			{"code":"BCDFGH","fromMs":-4000,"untilMs":11000},{"code":"JKLMNP","fromMs":11000,"untilMs":26000}]}""";

	private final AtomicLong nanos = new AtomicLong();

	/** For how long the computer was asleep; the monotonic clock stood still. */
	private final AtomicLong sleptMillis = new AtomicLong();

	private final ScriptedTerminal screen = ScriptedTerminal.screen();

	@ParameterizedTest
	@CsvSource({ "0, BCDFGH, 11", "10_001, BCDFGH, 1", "10_999, BCDFGH, 1", "11_000, JKLMNP, 15", "25_999, JKLMNP, 1",
			"26_000, ," })
	void aCodeIsShownFromItsTimeToTheNextOne(String millis, String code, Long seconds) throws IOException {
		try (Stub server = Stub.answering("200 OK", "application/json", CODES)) {
			TeacherCodes codes = codes(server.url());
			codes.readAhead();
			moveTo(millis);
			assertThat(codes.known().map(TimedCodes.Current::code).orElse(null)).isEqualTo(code);
			assertThat(codes.known().map(TimedCodes.Current::leftSeconds).orElse(null)).isEqualTo(seconds);
		}
	}

	@Test
	void aCodeThatHasRunOutIsNotShownIfTheServerDoesNotAnswer() throws IOException {
		Stub server = Stub.answering("200 OK", "application/json", CODES);
		try (StudentBoard board = new StudentBoard(this.screen.context(), 42, "http://roll/42", codes(server.url()))) {
			board.show(true);
			this.screen.printed().await("BCD FGH");
			server.close();
			moveTo("11_000");
			this.screen.printed().await("JKL MNP");
			moveTo("26_000");
			this.screen.printed().await("No code to show, trying again ...");
			assertThat(onScreen()).containsExactly("Students answer at http://roll/42",
					"No code to show, trying again ...");
		}
		assertThat(onScreen()).containsExactly("Students answer at http://roll/42");
	}

	@ParameterizedTest
	@CsvSource({ "900, BCDFGH", "-900, BCDFGH", "1_100, ", "-1_100, ", "30_000, " })
	void afterASleepNoCodeIsShownUntilTheServerIsAsked(String slept, String shown) throws IOException {
		try (Stub server = Stub.answering("200 OK", "application/json", CODES)) {
			TeacherCodes codes = codes(server.url());
			codes.readAhead();
			this.sleptMillis.set(Long.parseLong(slept.replace("_", "")));
			assertThat(codes.known().map(TimedCodes.Current::code).orElse(null)).isEqualTo(shown);
			codes.readAhead();
			assertThat(codes.known().map(TimedCodes.Current::code)).hasValue("BCDFGH");
		}
	}

	/** A code is not shown before this machine has the answer, however long it took. */
	@Test
	void theTimesCountFromTheArrivalOfTheAnswer() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			moveTo("3_600_000");
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, CODES.length());
			exchange.getResponseBody().write(CODES.getBytes(StandardCharsets.US_ASCII));
			exchange.close();
		});
		server.start();
		try {
			TeacherCodes codes = codes("http://localhost:" + server.getAddress().getPort());
			codes.readAhead();
			assertThat(codes.known().orElseThrow()).isEqualTo(new TimedCodes.Current("BCDFGH", 11_000));
		}
		finally {
			server.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"codes\":[{\"code\":\"B\",\"fromMs\":0,\"untilMs\":1}]}",
			"{\"codes\":[{\"code\":\"BCDFGH\",\"fromMs\":0}]}", "{\"codes\":[[]]}" })
	void anotherAnswerIsNotBelieved(String json) throws IOException {
		try (Stub server = Stub.answering("200 OK", "application/json", json)) {
			TeacherCodes codes = codes(server.url());
			assertThatExceptionOfType(Failure.Passing.class).isThrownBy(codes::current).withMessage("server.other");
		}
	}

	private TeacherCodes codes(String server) {
		RollClient client = new RollClient(ServerAddress.parse(server), Map.of());
		return new TeacherCodes(client, 42, () -> {
			long awake = this.nanos.get();
			return new Moment(awake, NANOSECONDS.toMillis(awake) + this.sleptMillis.get());
		});
	}

	private void moveTo(String millis) {
		this.nanos.set(MILLISECONDS.toNanos(Long.parseLong(millis.replace("_", ""))));
	}

	/** The lines with text. */
	private List<String> onScreen() {
		Screen emulated = new Screen(40, 80);
		String text = this.screen.printed().toString();
		emulated.write(text.toCharArray(), 0, text.length());
		return emulated.lines().stream().filter((line) -> !line.isEmpty()).toList();
	}

}
