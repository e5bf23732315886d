package rollcall.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** The names of a class list in call, watch, end and sheet, against the real server. */
@RunningServer
class NamesTests {

	private static final AtomicLong CLASSES = new AtomicLong(7_000);

	private final long id = CLASSES.incrementAndGet();

	private final String classId = String.valueOf(this.id);

	private final ScriptedTerminal pipes = ScriptedTerminal.pipes();

	private final ScriptedTerminal screen = ScriptedTerminal.screen();

	@LocalServerPort
	private int port;

	private RollClient direct;

	private String roster;

	@BeforeEach
	void open(@TempDir Path folder) throws IOException {
		this.direct = new RollClient(ServerAddress.parse("localhost:" + this.port), Map.of());
		this.direct.start(this.id, "{}");
		this.roster = Files.writeString(folder.resolve("class.csv"), """
				Surname,First name,ID number
				Souza,Ana,042190001
				Lima,Bruno,042190002
				Reis,Carla,042190003
				Dias,Davi,042190004
				Melo,Eva,
				Dias,Davi,042190004
				""").toString();
	}

	@Test
	void callShowsNamesAndWhoDidNotAnswer() {
		CompletableFuture<Integer> call = begin(this.screen, "call");
		this.screen.type("y");
		this.screen.printed().await("Present: 0 of 4 | Enter ends");
		this.screen.type("042190001");
		this.screen.printed().await("042190001  Ana Souza  recorded");
		this.screen.type("late 42190002");
		this.screen.type("excused 042190003");
		this.screen.type("999");
		this.screen.printed().await("Present: 2 of 4 (+1) | Enter ends");
		this.screen.printed().await("999  (not on the class list)");
		assertThat(this.screen.printed().toString()).contains("42190002  Bruno Lima  late, by the teacher",
				"042190003  Carla Reis  excused by the teacher");
		this.screen.pressControlC();
		this.screen.type("yes");
		assertThat(call.join()).isZero();
		assertThat(this.screen.printed().toString()).endsWith("\n042190001  Ana Souza\n"
				+ "42190002  Bruno Lima  late, by the teacher\n999  (not on the class list)\n"
				+ "Present: 2 of 4 (+1)\n042190003  Carla Reis  excused by the teacher\nAbsent or excused: 1\n"
				+ "042190004  Davi Dias\nDid not answer: 1\n");
	}

	@Test
	void watchEndAndSheetShowNames(@TempDir Path folder) {
		CompletableFuture<Integer> watch = begin(this.pipes, "watch");
		this.direct.answer(this.id, "042190004", null);
		this.pipes.printed().await("042190004  Davi Dias");
		ScriptedTerminal end = ScriptedTerminal.pipes();
		Path csv = folder.resolve("sheet.csv");
		String rollId = this.direct.openRoll(this.id).orElseThrow().toString();
		assertThat(end.run(line("end", this.classId, "--csv", csv.toString()))).isZero();
		String list = "042190004  Davi Dias\nPresent: 1 of 4\n042190001  Ana Souza\n042190002  Bruno Lima\n"
				+ "042190003  Carla Reis\nDid not answer: 3\n";
		assertThat(end.printed().toString()).endsWith(list);
		assertThat(end.warned().toString()).startsWith("Class list " + this.roster + ": 4 students\n"
				+ "Rows left out: 1 without a student id, 1 with a repeated one.\n");
		assertThat(csv).content().contains("042190004").doesNotContain("Davi");
		assertThat(watch.join()).isZero();
		assertThat(this.pipes.printed().toString()).endsWith("Present: 1 of 4\n042190001  Ana Souza\n"
				+ "042190002  Bruno Lima\n042190003  Carla Reis\nDid not answer: 3\n");
		ScriptedTerminal sheet = ScriptedTerminal.pipes();
		assertThat(sheet.run(line("sheet", rollId))).isZero();
		assertThat(sheet.printed().toString()).endsWith(list);
	}

	@Test
	void aFileThatIsNoClassListEndsNothing(@TempDir Path folder) throws IOException {
		this.roster = Files.writeString(folder.resolve("empty.csv"), "").toString();
		for (String command : new String[] { "end", "watch", "call" }) {
			ScriptedTerminal terminal = ScriptedTerminal.pipes();
			assertThat(terminal.run(line(command, this.classId))).isEqualTo(2);
			assertThat(terminal.warned().toString()).contains("is empty.");
		}
		assertThat(this.direct.openRoll(this.id)).isPresent();
	}

	private CompletableFuture<Integer> begin(ScriptedTerminal terminal, String command) {
		return terminal.begin(line(command, this.classId));
	}

	private String[] line(String... words) {
		return Stream
			.of(Stream.of("teacher"), Stream.of(words),
					Stream.of("--roster", this.roster, "--server", "http://localhost:" + this.port))
			.flatMap((part) -> part)
			.toArray(String[]::new);
	}

}
