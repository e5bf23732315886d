package rollcall.roll;

import java.time.ZoneId;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;

/**
 * The answer with a sheet: in JSON the sheet alone, in CSV with times in the reader's
 * zone.
 *
 * @param sheet the sheet
 * @param zone the zone of the times in CSV
 */
record SheetAnswer(@JsonValue Sheet sheet, ZoneId zone) {

	/**
	 * Creates the answer.
	 * @param parameter the zone in the address, which is easier to set than a header
	 * @param header the zone in the header {@code Time-Zone}
	 */
	static ResponseEntity<SheetAnswer> of(Sheet sheet, @Nullable ZoneId parameter, @Nullable ZoneId header) {
		ZoneId zone = (parameter != null) ? parameter : (header != null) ? header : ZoneId.systemDefault();
		return ResponseEntity.ok().eTag(sheet.rollId().toString()).body(new SheetAnswer(sheet, zone));
	}

}
