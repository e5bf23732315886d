package rollcall.roll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Http;
import rollcall.Needs;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Other programs read a sheet as CSV: Python's csv module, LibreOffice with the ids as
 * text and with its defaults, and a program that compares ids literally, as Moodle does.
 */
@ServerTest
class CsvReadersIT {

	/** Ids that a program may take for numbers, dates or formulas. */
	private static final List<String> IDS = List.of("042191010", "1e5", "a".repeat(64), "9".repeat(64), "-1", ".5",
			"-A1", "1-2", "TRUE");

	/** The same after LibreOffice has read them with its defaults. */
	private static final List<String> AS_NUMBERS = List.of("42191010", "100000", "a".repeat(64), "1E+064", "-1", "0.5",
			"-A1", "1-2", "TRUE");

	private static final int COLUMNS = 9;

	private static final String PYTHON = """
			import csv, datetime, sys
			for row in csv.DictReader(open(sys.argv[1], newline='', encoding='ascii'), strict=True):
				at = datetime.datetime.fromisoformat(row['at']).astimezone(datetime.timezone.utc)
				print(row['studentId'], row['status'], row['by'], at.isoformat(timespec='milliseconds').replace('+00:00', 'Z'))
			""";

	private final Http http;

	@TempDir
	Path folder;

	private Path file;

	private List<String> lines;

	/** What every reader must find: id, status, by and time. */
	private List<String> rows;

	CsvReadersIT(@LocalServerPort int port) {
		this.http = new Http(port);
	}

	@BeforeEach
	void download() throws IOException {
		long classId = Http.newClassId();
		this.http.start(classId);
		this.rows = IDS.stream()
			.map((id) -> id + " present  " + this.http.present(classId, id).member("at"))
			.collect(Collectors.toList());
		this.rows.add("007 excused teacher " + this.http.mark(classId, "007", "excused").member("at"));
		byte[] csv = this.http
			.delete("/classes/" + classId + "/roll", "Accept", "text/csv", "Time-Zone", "America/Sao_Paulo")
			.response()
			.body();
		this.file = Files.write(this.folder.resolve("sheet.csv"), csv);
		this.lines = Arrays.asList(new String(csv, StandardCharsets.UTF_8).split("\r\n"));
	}

	@Test
	void everyProgramReadsTheSameIds() throws Exception {
		assertThat(python()).isEqualTo(this.rows);
		assertThat(this.lines.stream().skip(1).map((line) -> line.split(",")[0]))
			.as("the bytes before the first comma are the id")
			.containsExactlyElementsOf(ids(IDS, "007"));
		Needs.that(Needs.runs("soffice", "--version"), "LibreOffice (Debian package libreoffice-calc-nogui)");
		List<List<String>> shown = libreOffice();
		assertThat(shown.stream().map((cells) -> String.join(",", cells.subList(COLUMNS, 2 * COLUMNS))))
			.as("all columns as text")
			.containsExactlyElementsOf(this.lines);
		assertThat(shown.stream().skip(1).map((cells) -> cells.get(0))).as("the defaults change ids")
			.containsExactlyElementsOf(ids(AS_NUMBERS, "7"));
		assertThat(shown.stream().map((cells) -> "," + String.join(",", cells.subList(1, COLUMNS))))
			.as("the defaults change nothing else")
			.containsExactlyElementsOf(this.lines.stream().map((line) -> line.substring(line.indexOf(','))).toList());
	}

	private static List<String> ids(List<String> arrived, String excused) {
		return Stream.concat(arrived.stream(), Stream.of(excused)).toList();
	}

	private List<String> python() throws Exception {
		Path printed = this.folder.resolve("printed");
		run(printed, "/usr/bin/python3", "-c", PYTHON, this.file.toString());
		return Files.readAllLines(printed);
	}

	/**
	 * Opens the file in LibreOffice, with every column twice: first with the defaults,
	 * then as text. Returns the cells as they are shown.
	 */
	private List<List<String>> libreOffice() throws Exception {
		Path twice = Files.write(this.folder.resolve("twice.csv"),
				this.lines.stream().map((line) -> line + "," + line).toList());
		String text = IntStream.rangeClosed(COLUMNS + 1, 2 * COLUMNS)
			.mapToObj((column) -> column + "/2")
			.collect(Collectors.joining("/"));
		Path saved = this.folder.resolve("saved");
		run(this.folder.resolve("log"), "soffice", "-env:UserInstallation=" + this.folder.resolve("profile").toUri(),
				"--headless", "--infilter=CSV:44,34,UTF8,1," + text, "--convert-to",
				"csv:Text - txt - csv (StarCalc):44,34,UTF8,1,,0,false,true,false", "--outdir", saved.toString(),
				twice.toString());
		return Files.readAllLines(saved.resolve("twice.csv")).stream().map((line) -> List.of(line.split(","))).toList();
	}

	private static void run(Path output, String... command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertThat(process.waitFor()).as(() -> read(output)).isZero();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
