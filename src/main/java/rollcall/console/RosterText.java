package rollcall.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The text of a roster's file. A byte-order mark tells the encoding; else it is UTF-8 if
 * it can be; else Windows-1252.
 *
 * @param text the text without a byte-order mark
 * @param encoding how the file is encoded
 */
record RosterText(String text, Charset encoding) {

	static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

	private static final int LOOK_AT = 2_000;

	private static final Map<String, Charset> MARKS = Map.of("efbbbf", StandardCharsets.UTF_8, "fffe",
			StandardCharsets.UTF_16LE, "feff", StandardCharsets.UTF_16BE);

	/**
	 * The first bytes of old Excel files, and of ZIP files, which new Excel and
	 * LibreOffice write.
	 */
	private static final Pattern SPREADSHEETS = Pattern.compile("^(d0cf11e0|504b0304)");

	private static final Pattern HTML = Pattern
		.compile("^\\s*<(!doctype|!--|\\?xml|html|head|meta|style|body|div|table)", Pattern.CASE_INSENSITIVE);

	static RosterText of(byte[] bytes) {
		String first = HexFormat.of().formatHex(bytes, 0, Math.min(4, bytes.length));
		if (SPREADSHEETS.matcher(first).find()) {
			throw new RosterRefusal("spreadsheet");
		}
		Charset encoding = MARKS.entrySet()
			.stream()
			.filter((mark) -> first.startsWith(mark.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseGet(() -> guess(bytes));
		String text = new String(bytes, encoding).replaceFirst("^\uFEFF", "");
		if (HTML.matcher(text).find()) {
			throw new RosterRefusal("html");
		}
		if (text.indexOf('\0') >= 0) {
			throw new RosterRefusal("notText");
		}
		return new RosterText(text, encoding);
	}

	private static Charset guess(byte[] bytes) {
		Charset wide = wide(bytes);
		if (wide != null) {
			return wide;
		}
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return StandardCharsets.UTF_8;
		}
		catch (CharacterCodingException ex) {
			return WINDOWS_1252;
		}
	}

	/** In UTF-16, one half of the bytes of a western text is zero. */
	private static @Nullable Charset wide(byte[] bytes) {
		int[] zeros = new int[2];
		int length = Math.min(bytes.length, LOOK_AT);
		for (int i = 0; i < length; i++) {
			zeros[i % 2] += (bytes[i] == 0) ? 1 : 0;
		}
		if (bytes.length % 2 != 0 || Math.min(zeros[0], zeros[1]) > 0 || Math.max(zeros[0], zeros[1]) <= length / 4) {
			return null;
		}
		return (zeros[1] > 0) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
	}

}
