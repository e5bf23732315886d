package rollcall.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * Levenshtein's distance: how many letters must be added, removed or replaced to turn one
 * name into another.
 */
final class EditDistance {

	private EditDistance() {
	}

	/** The name that is most like the one that was written. */
	static String nearest(String written, Collection<String> names) {
		String lower = written.toLowerCase(Locale.ROOT);
		return names.stream()
			.min(Comparator.comparingInt((name) -> between(lower, name.toLowerCase(Locale.ROOT))))
			.orElseThrow();
	}

	static int between(String left, String right) {
		int[] above = new int[right.length() + 1];
		for (int j = 0; j <= right.length(); j++) {
			above[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int[] row = new int[right.length() + 1];
			row[0] = i;
			for (int j = 1; j <= right.length(); j++) {
				int replaced = above[j - 1] + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
			}
			above = row;
		}
		return above[right.length()];
	}

}
