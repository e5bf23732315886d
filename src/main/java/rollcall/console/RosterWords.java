package rollcall.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words by which the columns of a roster are known. The dashboard has them as a
 * module, whose object is JSON too.
 *
 * @param ids headings of columns with ids, the best ones first
 * @param surnames headings of columns with surnames
 * @param givenNames headings of columns with given names
 * @param fullNames headings of columns with whole names
 * @param notStudents names in rows that are no students
 */
record RosterWords(List<String> ids, List<String> surnames, List<String> givenNames, List<String> fullNames,
		List<String> notStudents) {

	private static final String FILE = "/static/teacher/roster-words.js";

	private static final Pattern MARKS = Pattern.compile("\\p{M}");

	private static final Pattern SIGNS = Pattern.compile("[^a-z0-9]+");

	static RosterWords load() {
		try (InputStream in = Objects.requireNonNull(RosterWords.class.getResourceAsStream(FILE))) {
			String module = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			String words = module.substring(module.indexOf('{'), module.lastIndexOf('}') + 1);
			return Json.read(words.getBytes(StandardCharsets.UTF_8), RosterWords.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A word without accents, signs and case: "N.º de matrícula" is "n o de matricula".
	 */
	static String key(String text) {
		String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
		return SIGNS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").trim();
	}

	/** All words of headings. */
	Set<String> headings() {
		Set<String> headings = new HashSet<>(this.ids);
		headings.addAll(this.surnames);
		headings.addAll(this.givenNames);
		headings.addAll(this.fullNames);
		return headings;
	}

}
