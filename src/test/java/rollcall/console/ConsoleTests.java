package rollcall.console;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.Await;
import rollcall.Http;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands that do not follow a roll, against the real server. */
@RunningServer
class ConsoleTests {

	private static final AtomicLong CLASSES = new AtomicLong(1_000);

	private final String classId = String.valueOf(CLASSES.incrementAndGet());

	private ScriptedTerminal terminal = ScriptedTerminal.pipes();

	@LocalServerPort
	private int port;

	@Test
	void rollIsStartedAnsweredAndEnded() {
		assertThat(run("teacher", "start", this.classId)).isZero();
		assertThat(printed())
			.matches("Class " + this.classId + ": the roll opened on \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\R");
		assertThat(run("student", this.classId, "042191010")).isZero();
		assertThat(printed())
			.matches("RECORDED\\RClass: +" + this.classId + "\\RStudent: 042191010\\RTime: .*\\d\\d:\\d\\d:\\d\\d\\R");
		assertThat(run("student", this.classId, " a-1 ")).isZero();
		assertThat(run("teacher", "end", this.classId)).isZero();
		assertThat(printed())
			.matches("Class " + this.classId + ": the roll ended on [- \\d:]+\\R042191010\\Ra-1\\RPresent: 2\\R");
		assertThat(warned()).isEmpty();
	}

	@Test
	void aRemovedStudentIsToldSoAndTheSheetHasTheStatuses() {
		Http http = new Http(this.port);
		long id = Long.parseLong(this.classId);
		run("teacher", "start", this.classId);
		run("student", this.classId, "1");
		http.mark(id, "1", "absent");
		assertThat(run("student", this.classId, "1")).isEqualTo(1);
		assertThat(printed()).startsWith("REFUSED").contains("The teacher took this student off the list");
		Instant startedAt = Instant.parse(http.get("/classes/" + id + "/roll").member("startedAt"));
		http.setTimes(id, "{\"lateAfter\": \"PT1S\"}");
		Await.until("the late time has come", () -> Instant.now().isAfter(startedAt.plusSeconds(1)));
		assertThat(run("student", this.classId, "2")).isZero();
		assertThat(printed()).startsWith("RECORDED, LATE\n");
		http.mark(id, "3", "present");
		assertThat(run("teacher", "end", this.classId)).isZero();
		assertThat(printed()).endsWith(
				"\n2  late\n3  present, by the teacher\nPresent: 2\n1  removed by the teacher\nAbsent or excused: 1\n");
	}

	@Test
	void studentIsRefusedWithClassZeroWithoutARoll() {
		assertThat(run("student", this.classId, "042191010")).isEqualTo(1);
		assertThat(printed()).startsWith("REFUSED").containsPattern("Class: +0\\R").contains(this.classId);
	}

	@Test
	void aSecondStartChangesNothingAndPrintsTheOpenRoll() {
		run("teacher", "start", this.classId);
		run("student", this.classId, "1");
		assertThat(run("teacher", "start", this.classId)).isEqualTo(1);
		assertThat(warned()).contains("a roll has been open since").contains("present: 1");
		assertThat(run("teacher", "end", this.classId)).isZero();
		assertThat(printed()).contains("Present: 1");
	}

	@Test
	void endAndWatchAreRefusedWithoutARoll() {
		assertThat(run("teacher", "end", this.classId)).isEqualTo(1);
		assertThat(warned()).contains("no roll is open");
		assertThat(run("teacher", "watch", this.classId)).isEqualTo(1);
	}

	@Test
	void theSheetOfAnEndedRollIsPrintedAgainByItsId() {
		RollClient client = new RollClient(ServerAddress.parse(server()), Map.of());
		String rollId = client.start(Long.parseLong(this.classId), "{}").orElseThrow().rollId().toString();
		run("student", this.classId, "7");
		run("teacher", "end", this.classId);
		String first = printed();
		assertThat(run("teacher", "end", this.classId, "--roll", rollId)).isZero();
		assertThat(printed()).isEqualTo(first);
		assertThat(run("teacher", "end", this.classId, "--roll", "nothing")).isEqualTo(2);
	}

	@Test
	void theCsvIsWrittenUnchanged(@TempDir Path folder) throws Exception {
		Path csv = folder.resolve("sheet.csv");
		run("teacher", "start", this.classId);
		run("student", this.classId, "007");
		assertThat(run("teacher", "end", this.classId, "--csv", csv.toString())).isZero();
		assertThat(printed()).contains("\n007\n");
		assertThat(Files.readString(csv, StandardCharsets.UTF_8)).startsWith("studentId,").contains("\r\n007,present,");
	}

	@Test
	void anExistingFileIsNotOverwrittenAndTheRollStaysOpen(@TempDir Path folder) throws Exception {
		Path csv = Files.writeString(folder.resolve("sheet.csv"), "another sheet");
		run("teacher", "start", this.classId);
		assertThat(run("teacher", "end", this.classId, "--csv", csv.toString())).isEqualTo(2);
		assertThat(csv).hasContent("another sheet");
		assertThat(run("student", this.classId, "1")).isZero();
	}

	@Test
	void noEmptyFileIsLeftWithoutARoll(@TempDir Path folder) {
		Path csv = folder.resolve("sheet.csv");
		assertThat(run("teacher", "end", this.classId, "--csv", csv.toString())).isEqualTo(1);
		assertThat(csv).doesNotExist();
	}

	/** On /dev/full each write fails as on a full disk. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aFullDiskHasItsOwnExitCodeAndTheCommandThatAsksAgain(@TempDir Path folder) throws Exception {
		run("teacher", "start", this.classId);
		run("student", this.classId, "007");
		assertThat(run("teacher", "end", this.classId, "--csv", "/dev/full")).isEqualTo(5);
		assertThat(printed()).contains("\n007\n");
		String command = warned().replaceFirst("(?s).*java -jar rollcall.jar (.*) --csv FILE .*", "$1");
		assertThat(command).startsWith("teacher sheet ");
		Path csv = folder.resolve("sheet.csv");
		assertThat(run((command + " --csv " + csv).split(" "))).isZero();
		assertThat(printed()).contains("\n007\n");
		assertThat(csv).content().contains("007");
		assertThat(folder).isDirectoryContaining((file) -> file.equals(csv)).isNotEmptyDirectory();
		assertThat(run((command + " --csv " + csv).split(" "))).isEqualTo(2);
	}

	@Test
	void aListThatCannotBePrintedHasItsOwnExitCode() {
		run("teacher", "start", this.classId);
		this.terminal = ScriptedTerminal.fullDisk();
		assertThat(this.terminal.run("teacher", "end", this.classId, "--server", server())).isEqualTo(5);
		assertThat(warned()).contains("teacher sheet ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "teacher sheets", "teacher start {}", "teacher --help", "--version" })
	void outputThatCannotBeWrittenHasItsOwnExitCode(String line) {
		this.terminal = ScriptedTerminal.fullDisk();
		String command = line.replace("{}", this.classId) + " --server " + server();
		assertThat(this.terminal.run(command.split(" "))).isEqualTo(5);
		assertThat(warned()).startsWith("The output could not be written");
	}

	@Test
	void aRefusalThatCannotBePrintedIsTold() {
		this.terminal = ScriptedTerminal.fullDisk();
		assertThat(this.terminal.run("student", this.classId, "1", "--server", server())).isEqualTo(1);
		assertThat(warned()).startsWith("The output could not be written");
	}

	@Test
	void anUnusablePathEndsNothing(@TempDir Path folder) {
		run("teacher", "start", this.classId);
		String csv = folder.resolve("no-such-folder").resolve("sheet.csv").toString();
		assertThat(run("teacher", "end", this.classId, "--csv", csv)).isEqualTo(2);
		assertThat(warned()).contains("cannot be written. Nothing was sent.");
		assertThat(run("teacher", "end", this.classId)).isZero();
	}

	@Test
	void keptSheetsAreListedAndReadWithoutAnEnd() {
		run("teacher", "start", this.classId);
		run("student", this.classId, "7");
		run("teacher", "end", this.classId);
		String list = printed();
		assertThat(run("teacher", "sheets")).isZero();
		Matcher line = Pattern
			.compile("Class " + this.classId + ": ended on [^,]+, present: 1, kept until [^,]+, id (\\S+)")
			.matcher(printed());
		assertThat(line.find()).isTrue();
		assertThat(run("teacher", "sheet", line.group(1))).isZero();
		assertThat(printed()).isEqualTo(list);
		assertThat(run("teacher", "sheet", "00000000-0000-0000-0000-000000000000")).isEqualTo(1);
		assertThat(warned()).contains("does not keep a sheet");
		assertThat(run("teacher", "sheet", "42")).isEqualTo(2);
	}

	@Test
	void messagesAreInTheReadersLanguage() {
		assertThat(run("teacher", "start", this.classId, "--lang", "pt-BR")).isZero();
		assertThat(printed()).contains("chamada aberta em");
		assertThat(run("student", this.classId, "1", "--lang", "es")).isZero();
		assertThat(printed()).startsWith("REGISTRADA");
	}

	@Test
	void wrongUsageIsReportedBeforeARequestIsSent() {
		assertThat(run("teacher", "start", "forty-two")).isEqualTo(2);
		assertThat(warned()).contains("forty-two").contains("9007199254740991");
		assertThat(run("teacher", "start", "0")).isEqualTo(2);
		assertThat(run("student", this.classId, "a b")).isEqualTo(2);
		assertThat(run("student", this.classId)).isEqualTo(2);
		assertThat(warned()).contains("STUDENT");
		assertThat(run("teacher", "start", this.classId, "--lang", "tlh")).isEqualTo(2);
	}

	private String server() {
		return "http://localhost:" + this.port;
	}

	private String printed() {
		return this.terminal.printed().toString();
	}

	private String warned() {
		return this.terminal.warned().toString();
	}

	private int run(String... args) {
		this.terminal = ScriptedTerminal.pipes();
		return this.terminal
			.run(Stream.concat(Stream.of(args), Stream.of("--server", server())).toArray(String[]::new));
	}

}
