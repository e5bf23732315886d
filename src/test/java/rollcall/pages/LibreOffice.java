package rollcall.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import rollcall.Await;
import rollcall.Needs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * LibreOffice, which opens a workbook as a teacher's spreadsheet program does.
 *
 * @param folder a temporary folder for its profile and its results
 */
record LibreOffice(Path folder) {

	/** The filter: UTF-8, all sheets, texts in quotes, other cells as shown. */
	private static final String TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1";

	/** Opens a workbook and saves each of its sheets as CSV. */
	void open(Path workbook) throws IOException, InterruptedException {
		Needs.that(Needs.runs("soffice", "--version"), "soffice (Debian package libreoffice-calc-nogui)");
		Process process = new ProcessBuilder("soffice",
				"-env:UserInstallation=" + this.folder.resolve("profile").toUri(), "--headless", "--convert-to", TO_CSV,
				"--outdir", this.folder.toString(), workbook.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	/** The rows of a sheet of the opened workbook. */
	List<String> sheet(String name) throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return Files.readAllLines(
					files.filter((file) -> file.toString().endsWith("-" + name + ".csv")).findFirst().orElseThrow());
		}
	}

}
