package rollcall.console;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The short commands against the real server: start, answer, end. */
@RunningServer
class ConsoleTests {

	private static final AtomicLong CLASSES = new AtomicLong(1_000);

	private final String classId = String.valueOf(CLASSES.incrementAndGet());

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	@LocalServerPort
	private int port;

	@Test
	void theWholeStory() {
		assertThat(run("teacher", "start", this.classId)).isZero();
		assertThat(this.out.toString())
			.matches("Class " + this.classId + ": the roll opened on \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\R");
		assertThat(run("student", this.classId, "042191010")).isZero();
		assertThat(this.out.toString())
			.matches("RECORDED\\RClass: +" + this.classId + "\\RStudent: 042191010\\RTime: .*\\d\\d:\\d\\d:\\d\\d\\R");
		assertThat(run("student", this.classId, " a-1 ")).isZero();
		assertThat(run("teacher", "end", this.classId)).isZero();
		assertThat(this.out.toString())
			.matches("Class " + this.classId + ": the roll ended on [- \\d:]+\\R042191010\\Ra-1\\RPresent: 2\\R");
		assertThat(this.err.toString()).isEmpty();
	}

	@Test
	void aStudentWithoutARollIsRefusedWithClassZero() {
		assertThat(run("student", this.classId, "042191010")).isEqualTo(1);
		assertThat(this.out.toString()).startsWith("REFUSED").containsPattern("Class: +0\\R").contains(this.classId);
	}

	@Test
	void aSecondStartChangesNothingAndTellsSinceWhen() {
		run("teacher", "start", this.classId);
		run("student", this.classId, "1");
		assertThat(run("teacher", "start", this.classId)).isEqualTo(1);
		assertThat(this.err.toString()).contains("a roll is open since").contains("present: 1");
		assertThat(run("teacher", "end", this.classId)).isZero();
		assertThat(this.out.toString()).contains("Present: 1");
	}

	@Test
	void withoutARollThereIsNothingToEndOrWatch() {
		assertThat(run("teacher", "end", this.classId)).isEqualTo(1);
		assertThat(this.err.toString()).contains("no roll is open");
		assertThat(run("teacher", "watch", this.classId)).isEqualTo(1);
	}

	@Test
	void theSheetOfAnEndedRollIsHadAgainByItsId() {
		RollClient client = new Connection(ServerAddress.parse(server()), Map.of()).client();
		String rollId = client.start(Long.parseLong(this.classId)).orElseThrow().rollId().toString();
		run("student", this.classId, "7");
		run("teacher", "end", this.classId);
		String first = this.out.toString();
		assertThat(run("teacher", "end", this.classId, "--roll", rollId)).isZero();
		assertThat(this.out.toString()).isEqualTo(first);
		assertThat(run("teacher", "end", this.classId, "--roll", "nothing")).isEqualTo(2);
	}

	@Test
	void theCsvIsWrittenByteForByte(@TempDir Path folder) throws Exception {
		Path csv = folder.resolve("sheet.csv");
		run("teacher", "start", this.classId);
		run("student", this.classId, "007");
		assertThat(run("teacher", "end", this.classId, "--csv", csv.toString())).isZero();
		assertThat(this.out.toString()).contains("\n007\n");
		assertThat(Files.readString(csv, StandardCharsets.UTF_8)).startsWith("\uFEFFclassId,").contains("007");
	}

	@Test
	void aFileThatIsThereIsKeptAndSoIsTheRoll(@TempDir Path folder) throws Exception {
		Path csv = Files.writeString(folder.resolve("sheet.csv"), "another sheet");
		run("teacher", "start", this.classId);
		assertThat(run("teacher", "end", this.classId, "--csv", csv.toString())).isEqualTo(2);
		assertThat(csv).hasContent("another sheet");
		assertThat(run("student", this.classId, "1")).isZero();
	}

	@Test
	void withoutARollNoEmptyFileIsLeft(@TempDir Path folder) {
		Path csv = folder.resolve("sheet.csv");
		assertThat(run("teacher", "end", this.classId, "--csv", csv.toString())).isEqualTo(1);
		assertThat(csv).doesNotExist();
	}

	@Test
	void speaksTheReadersLanguage() {
		assertThat(run("teacher", "start", this.classId, "--lang", "pt-BR")).isZero();
		assertThat(this.out.toString()).contains("chamada iniciada em");
		assertThat(run("student", this.classId, "1", "--lang", "es")).isZero();
		assertThat(this.out.toString()).startsWith("REGISTRADA");
	}

	@Test
	void mistakesOfUsageAreToldBeforeAnythingIsSent() {
		assertThat(run("teacher", "start", "forty-two")).isEqualTo(2);
		assertThat(this.err.toString()).contains("forty-two").contains("9007199254740991");
		assertThat(run("teacher", "start", "0")).isEqualTo(2);
		assertThat(run("student", this.classId, "a b")).isEqualTo(2);
		assertThat(run("student", this.classId)).isEqualTo(2);
		assertThat(this.err.toString()).contains("STUDENT");
		assertThat(run("teacher", "start", this.classId, "--lang", "tlh")).isEqualTo(2);
	}

	private String server() {
		return "http://localhost:" + this.port;
	}

	private int run(String... args) {
		this.out.getBuffer().setLength(0);
		this.err.getBuffer().setLength(0);
		String[] more = Arrays.copyOf(args, args.length + 2);
		more[args.length] = "--server";
		more[args.length + 1] = server();
		return Console.execute(new PlainTerminal(new PrintWriter(this.out), new PrintWriter(this.err)),
				Map.of("LANG", "C")::get, more);
	}

}
