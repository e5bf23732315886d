package rollcall.console;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rollcall.Await;
import rollcall.Http;
import rollcall.Relay;
import rollcall.roll.Presence;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands about rolls that need a code, against the real server. */
@RunningServer
class CodeTests {

	private static final AtomicLong CLASSES = new AtomicLong(9_000);

	private static final String LETTERS = "[BCDFGHJKLMNPQRSTVWXZ]";

	private final long id = CLASSES.incrementAndGet();

	private final String classId = String.valueOf(this.id);

	private final ScriptedTerminal screen = ScriptedTerminal.screen();

	private ScriptedTerminal pipes = ScriptedTerminal.pipes();

	@LocalServerPort
	private int port;

	private Relay relay;

	private RollClient direct;

	@BeforeEach
	void connect() throws IOException {
		this.relay = new Relay(this.port);
		this.direct = new RollClient(ServerAddress.parse("localhost:" + this.port), Map.of());
	}

	@AfterEach
	void disconnect() {
		this.relay.close();
	}

	@Test
	void theCodeOfAnOpenRollIsPrintedForScriptsAndRecordsAStudent() {
		assertThat(run("teacher", "start", this.classId, "--code")).isZero();
		assertThat(printed()).contains("the roll opened on").endsWith("Students need the code on the screen.\n");
		assertThat(run("teacher", "code", this.classId)).isZero();
		assertThat(printed()).matches(LETTERS + "{6} ([1-9]|1[0-5]) s\n");
		String code = printed().substring(0, 6);
		assertThat(run("student", this.classId, "1")).isEqualTo(1);
		assertThat(printed()).startsWith("REFUSED")
			.containsPattern("Class: +0\n")
			.endsWith("Class " + this.classId + " asks for a code. Send the six letters on the screen: --code CODE\n");
		assertThat(run("student", this.classId, "1", "--code", "\"\\no code\u0001")).isEqualTo(1);
		assertThat(printed()).contains("This is not the code of class " + this.classId);
		String typed = code.substring(0, 3).toLowerCase() + " - " + code.substring(3);
		assertThat(run("student", this.classId, "1", "--code", typed)).isZero();
		assertThat(printed()).startsWith("RECORDED");
	}

	@Test
	void theCodeIsSwitchedOnAndOffWhileTheRollIsOpen() {
		this.direct.start(this.id, "{}");
		assertThat(run("teacher", "code", this.classId)).isEqualTo(1);
		assertThat(warned()).isEqualTo("The roll of class " + this.classId
				+ " needs no code. To ask for one: teacher code " + this.classId + " --on\n");
		assertThat(run("teacher", "code", this.classId, "--on")).isZero();
		assertThat(printed()).isEqualTo("Students need the code on the screen.\n");
		assertThat(run("student", this.classId, "1")).isEqualTo(1);
		assertThat(run("teacher", "code", this.classId, "--off")).isZero();
		assertThat(printed()).isEqualTo("Students need no code.\n");
		assertThat(run("student", this.classId, "1")).isZero();
		assertThat(run("teacher", "code", this.classId, "--on", "--off")).isEqualTo(2);
	}

	@Test
	void anAddressWithoutALoginShowsTheOpenRollUntilItIsRevoked() {
		this.direct.start(this.id, "{}");
		assertThat(run("teacher", "projector", this.classId)).isZero();
		assertThat(printed()).matches("http://[^/]+/p/" + LETTERS + "{8}\n");
		String state = printed().substring(printed().indexOf("/p/")).strip() + "/state";
		Http browser = new Http(this.port);
		assertThat(browser.get(state).member("classId")).isEqualTo(this.classId);
		assertThat(run("teacher", "projector", this.classId, "--revoke")).isZero();
		assertThat(printed()).startsWith("Class " + this.classId + ": ");
		assertThat(browser.get(state).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "code", "code --on", "code --off", "projector", "projector --revoke" })
	void withoutARollTheCodeIsRefused(String command) {
		assertThat(run(("teacher " + command + " " + this.classId).split(" "))).isEqualTo(1);
		assertThat(warned()).isEqualTo("Class " + this.classId + ": no roll is open\n");
	}

	@Test
	void callShowsTheCodeAndItsQrCodeWhileItIsNeeded() {
		CompletableFuture<Integer> call = begin(this.screen, "call", "--code", "--public-url", "http://roll.example");
		this.screen.printed().await("next one in");
		Await.until("the present code is shown", () -> {
			String code = code();
			List<String> lines = onScreen(40, 80);
			return lines.stream().anyMatch((line) -> line.startsWith("Code:  " + grouped(code)))
					&& lines.containsAll(picture("http://roll.example/" + this.classId + "/" + code));
		});
		assertThat(onScreen(40, 80)).contains("Students answer at http://roll.example/" + this.classId,
				"To show this roll on another screen without a login: teacher projector " + this.classId,
				"Students need the code on the screen.", "Present: 0 | Enter ends the roll | ? = help");
		run("teacher", "code", this.classId, "--off");
		this.screen.printed().await("Students need no code.");
		this.direct.answer(this.id, "1", null);
		this.screen.printed().await("Present: 1 | Enter");
		assertThat(onScreen(60, 80)).containsAll(picture("http://roll.example/" + this.classId))
			.noneMatch((line) -> line.startsWith("Code: "));
		this.screen.pressControlC();
		this.screen.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).endsWith("\n1\nPresent: 1\n");
	}

	@Test
	void aNarrowTerminalShowsTheCodeOnly() {
		this.screen.resize(24, 30);
		CompletableFuture<Integer> call = begin(this.screen, "call", "--code", "--public-url", "http://roll.example");
		this.screen.printed().await("next one in");
		Await.until("the present code is shown", () -> {
			String code = grouped(code());
			return onScreen(24, 30).stream().anyMatch((line) -> line.startsWith("Code:  " + code));
		});
		assertThat(onScreen(24, 30)).noneMatch((line) -> line.contains("\u2580"));
		this.screen.pressControlC();
		this.screen.pressControlC();
		assertThat(call.join()).isEqualTo(130);
		assertThat(onScreen(24, 30)).as("after Ctrl-C").noneMatch((line) -> line.startsWith("Code: "));
	}

	@Test
	void aPipeGetsTheCommandThatPrintsTheCode() {
		CompletableFuture<Integer> call = begin(this.pipes, "call", "--code");
		ScriptedTerminal pipe = this.pipes;
		pipe.printed().await("To read it: teacher code " + this.classId + "\n");
		String code = code();
		this.direct.end(this.id, this.direct.openRoll(this.id).orElseThrow());
		assertThat(call.join()).isZero();
		assertThat(pipe.printed().toString()).doesNotContain(code, grouped(code));
	}

	@Test
	void anOpenRollIsContinuedWithACode() {
		this.direct.start(this.id, "{\"lateAfter\":\"PT1H\"}");
		CompletableFuture<Integer> call = begin(this.screen, "call", "--code");
		this.screen.type("y");
		this.screen.printed().await("next one in");
		assertThat(this.direct.read(this.id, 0).orElseThrow().lateAt()).as("is not changed").isNotNull();
		this.direct.end(this.id, this.direct.openRoll(this.id).orElseThrow());
		assertThat(call.join()).isZero();
	}

	@Test
	void watchTellsASwitchInOneLine() {
		this.direct.start(this.id, "{}");
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		ScriptedTerminal watching = this.pipes;
		this.direct.answer(this.id, "1", null);
		watching.printed().await("  1\n");
		run("teacher", "code", this.classId, "--on");
		watching.printed().await("Students need the code on the screen.\n");
		run("teacher", "code", this.classId, "--off");
		watching.printed().await("Students need no code.\n");
		this.direct.end(this.id, this.direct.openRoll(this.id).orElseThrow());
		assertThat(watch.join()).isZero();
	}

	/** The teacher's machine reads the code itself. */
	@ParameterizedTest
	@CsvSource({ "scan, '{\"code\":true}'", "scan, '{}'", "call, '{\"code\":true}'" })
	void scannedIdsAreRecordedWithoutATypedCode(String command, String options) {
		this.direct.start(this.id, options);
		CompletableFuture<Integer> scan = begin(this.pipes, command);
		ScriptedTerminal scanning = this.pipes;
		scanning.type("1");
		scanning.printed().await("1  recorded");
		run("teacher", "code", this.classId, "--on");
		Stream.of("2", "1").forEach(scanning::type);
		scanning.printed().await("1  already recorded");
		assertThat(recorded()).containsExactly("1", "2");
		this.direct.end(this.id, this.direct.openRoll(this.id).orElseThrow());
		scanning.endInput();
		assertThat(scan.join()).isZero();
	}

	@Test
	void aScannerGoesOnInTheNextRollWithItsCode() {
		this.direct.start(this.id, "{\"code\":true}");
		CompletableFuture<Integer> scan = begin(this.pipes, "scan");
		this.pipes.type("1");
		this.pipes.printed().await("1  recorded");
		this.direct.end(this.id, this.direct.openRoll(this.id).orElseThrow());
		this.direct.start(this.id, "{\"code\":true}");
		this.pipes.type("2");
		this.pipes.endInput();
		assertThat(scan.join()).isZero();
		assertThat(recorded()).containsExactly("2");
	}

	@Test
	void theTestStudentsOfARehearsalSendTheCode() {
		assertThat(run("teacher", "rehearse", this.classId, "--students", "20", "--over", "1s", "--code")).isZero();
		assertThat(printed()).contains("Recorded: 20 of 20\n").endsWith("This server can take this class.\n");
		assertThat(this.direct.openRoll(this.id)).isEmpty();
	}

	private List<String> recorded() {
		return this.direct.read(this.id, 0).orElseThrow().presences().stream().map(Presence::studentId).toList();
	}

	private String code() {
		return new TeacherCodes(this.direct, this.id, InstantSource.system()).current().orElseThrow().code();
	}

	private static String grouped(String code) {
		return code.substring(0, 3) + " " + code.substring(3);
	}

	private List<String> onScreen(int rows, int columns) {
		Screen emulated = new Screen(rows, columns);
		String text = this.screen.printed().toString();
		emulated.write(text.toCharArray(), 0, text.length());
		return emulated.lines();
	}

	/** The rows of a QR code without the empty ones, as they are on a screen. */
	private static List<String> picture(String address) {
		return QrCode.lines(address)
			.stream()
			.map((line) -> line.replaceAll("\u001b\\[[\\d;]*m", "").stripTrailing())
			.filter((line) -> !line.isEmpty())
			.toList();
	}

	private String printed() {
		return this.pipes.printed().toString();
	}

	private String warned() {
		return this.pipes.warned().toString();
	}

	private int run(String... args) {
		this.pipes = ScriptedTerminal.pipes();
		return this.pipes.run(line(args));
	}

	private CompletableFuture<Integer> begin(ScriptedTerminal terminal, String command, String... options) {
		return terminal.begin(line(
				Stream.concat(Stream.of("teacher", command, this.classId), Stream.of(options)).toArray(String[]::new)));
	}

	private String[] line(String... words) {
		return Stream.concat(Stream.of(words), Stream.of("--server", this.relay.url())).toArray(String[]::new);
	}

}
