package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sheet with the names of a roster, in the forms in which it leaves the page, read by
 * other programs.
 */
class SheetFilesIT extends InChromium {

	private static final String ZONE = "Asia/Kathmandu";

	private static final Pattern PDF_PAGE = Pattern.compile("/Type\\s*/Page\\b");

	/** A field that keeps what is pasted into it. */
	private static final String PASTE_FIELD = """
			() => {
			  const field = document.body.appendChild(document.createElement('textarea'));
			  field.addEventListener('paste', ({ clipboardData }) => {
			    window.pasted = ['text/plain', 'text/html'].map((type) => clipboardData.getData(type));
			  });
			  field.focus();
			}""";

	private static final String ROSTER = """
			Matrícula;Sobrenome;Nome
			042191011;Zuñiga;=1+1
			1E1;Ábaco;Ana "Nina" & <b>
			11;Abreu;Bia\u0007
			12;Costa;Beto
			9;Bernardes;@Caio
			007;Éboli;Davi
			0008;Faria;+55
			""" + IntStream.rangeClosed(1, 55)
		.mapToObj((i) -> "202400%02d;Souza;Aluna %d\n".formatted(i, i))
		.reduce("", String::concat);

	@TempDir
	Path folder;

	@Test
	void aSheetLeavesThePageInEachFormWithoutTheServer() throws IOException, InterruptedException {
		TestClass room = new TestClass(this.port);
		String rollId = room.start();
		room.present("042191011", "1e1", "walk.in1", "11", "12");
		room.mark("9", "late");
		room.mark("0008", "excused");
		room.mark("20240001", "absent");
		Page page = window(new Browser.NewContextOptions().setLocale("pt-BR").setTimezoneId(ZONE));
		// As on a page without HTTPS.
		page.addInitScript("delete Navigator.prototype.clipboard");
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.end();
		// The page of the roll has the same button.
		assertThat(teacher.hook("students").locator("tr")).hasCount(6);
		useRoster(teacher);
		showsNamesAndTotals(teacher);
		String csv = room.csvOf(rollId, ZONE);
		room.discardSheets();
		page.context().setOffline(true);

		assertThat(teacher.hook("notice")).not().hasClass(Pattern.compile("calm"));
		copiesATable(teacher);
		assertThat(teacher.hook("notice")).hasClass(Pattern.compile("calm"));
		byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true));
		assertThat(PDF_PAGE.matcher(new String(pdf, StandardCharsets.ISO_8859_1)).results()).hasSizeBetween(1, 2);
		assertThat(Files.readString(saved(page, ".csv", () -> teacher.hook("csv").click()))).isEqualTo(csv);
		asksMoodlesLetters(teacher);
		isReadByLibreOffice(saved(page, ".xlsx", () -> teacher.hook("excel").click()), csv);
	}

	private static void showsNamesAndTotals(Dashboard teacher) {
		Page page = teacher.page();
		assertThat(page.locator("[data-students] .unknown .status")).hasText("presente, fora da relação de alunos");
		assertThat(page.locator(".totals div").filter(visible())).hasText(new String[] { "Presentes6",
				"Destes, com atraso1", "Faltas justificadas1", "Faltas1", "Não responderam55" });
		assertThat(teacher.hook("zone")).containsText("(UTC+05:45)");
		page.locator(".sheet [data-order=id]").click();
		assertThat(page.locator("[data-students] .id"))
			.hasText(new String[] { "1e1", "9", "11", "12", "042191011", "walk.in1" });
		page.locator(".sheet [data-order=surname]").click();
		assertThat(page.locator("[data-students] .id"))
			.hasText(new String[] { "1e1", "11", "9", "12", "042191011", "walk.in1" });
		teacher.hook("names").click();
		assertThat(page.locator("main")).not().containsText("Ábaco");
		teacher.hook("names").click();
		assertThat(page.locator("[data-students] .name").first()).hasText("Ana \"Nina\" & <b> Ábaco");
		inspectAt(List.of("360x640", "740x360", "1440x900"), page, "sheet-with-names", ColorScheme.LIGHT);
	}

	private static Locator.FilterOptions visible() {
		return new Locator.FilterOptions().setVisible(true);
	}

	private static void copiesATable(Dashboard teacher) {
		Page page = teacher.page();
		teacher.hook("copy").click();
		assertThat(teacher.hook("copied")).isVisible();
		page.evaluate(PASTE_FIELD);
		page.keyboard().press("Control+V");
		List<?> pasted = (List<?>) page.evaluate("window.pasted");
		assertThat(((String) pasted.get(0)).lines()).hasSize(1 + 6 + 57)
			.contains("Nº\tMatrícula\tNome\tSituação\tHorário", "\t007\tDavi Éboli\tnão respondeu\t")
			.anyMatch((line) -> line.matches("\\d\t042191011\t =1\\+1 Zuñiga\tpresente\t[-0-9]{10} [:0-9]{8}"));
		assertThat((String) pasted.get(1)).containsPattern("<td style=\"mso-number-format:[^>]*@[^>]*>042191011</td>");
	}

	private void asksMoodlesLetters(Dashboard teacher) throws IOException {
		Page page = teacher.page();
		teacher.hook("moodle").click();
		page.locator("[name=late]").fill("R");
		Path file = saved(page, "-moodle.csv", () -> page.keyboard().press("Enter"));
		assertThat(Files.readString(file)).startsWith("idnumber,status\r\n")
			.contains("\r\n042191011,Pr\r\n", "\r\n1E1,Pr\r\n", "\r\nwalk.in1,Pr\r\n", "\r\n9,R\r\n", "\r\n0008,Di\r\n",
					"\r\n20240001,Au\r\n", "\r\n007,Au\r\n");
		teacher.hook("moodle").click();
		assertThat(page.locator("[name=late]")).hasValue("R");
		teacher.hook("moodle-cancel").click();
	}

	private void isReadByLibreOffice(Path workbook, String csv) throws IOException, InterruptedException {
		LibreOffice office = new LibreOffice(this.folder);
		office.open(workbook);
		String at = csv.replaceFirst("(?s).*\n042191011,present,(.{10})T(.{8}).*", "$1 $2");
		assertThat(office.sheet("Presentes")).hasSize(1 + 6)
			.startsWith("\"Nº\",\"Matrícula\",\"Nome\",\"Situação\",\"Horário\"")
			.contains("1,\"042191011\",\"=1+1 Zuñiga\",\"presente\"," + at)
			.anyMatch((line) -> line.startsWith("2,\"1e1\",\"Ana \"\"Nina\"\" & <b> Ábaco\",\"presente\","))
			.anyMatch((line) -> line.contains(",\"11\",\"Bia Abreu\",\"presente\","))
			.anyMatch((line) -> line.contains("\"9\",\"@Caio Bernardes\",\"com atraso, pelo professor\","));
		assertThat(office.sheet("Ausentes")).hasSize(1 + 57)
			.contains("\"007\",\"Davi Éboli\",\"não respondeu\",")
			.anyMatch((line) -> line.startsWith("\"0008\",\"+55 Faria\",\"falta justificada\","))
			.anyMatch((line) -> line.startsWith("\"20240001\",\"Aluna 1 Souza\",\"falta\","));
	}

	/** Saves a download, whose name must have the class, the date and the time. */
	private Path saved(Page page, String ending, Runnable click) {
		Download download = page.waitForDownload(click);
		assertThat(download.suggestedFilename())
			.matches("turma-\\d+-\\d{4}-\\d\\d-\\d\\d-\\d{4}" + Pattern.quote(ending));
		Path file = this.folder.resolve(download.suggestedFilename());
		download.saveAs(file);
		return file;
	}

	/** Chooses the file of the roster on the page of the sheet. */
	private static void useRoster(Dashboard teacher) {
		teacher.hook("roster-open").click();
		teacher.hook("roster-file")
			.setInputFiles(new FilePayload("turma.csv", "text/csv", ROSTER.getBytes(StandardCharsets.UTF_8)));
		teacher.hook("roster-use").click();
	}

}
