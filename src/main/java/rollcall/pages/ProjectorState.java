package rollcall.pages;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the projector's page shows of an open roll.
 *
 * @param classId the class
 * @param present the number of students who count so far
 * @param endsInMs the milliseconds until the deadline; null, and absent from the JSON,
 * without one
 * @param address the address that students type
 * @param links the links of the QR code, now and next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProjectorState(long classId, long present, @Nullable Long endsInMs, String address, List<Link> links) {

	/**
	 * A link for students. All members except {@code qr} are null, and absent from the
	 * JSON, if the roll requires no code.
	 *
	 * @param code the code to show
	 * @param fromMs from when to show it, in milliseconds after the answer arrived
	 * @param untilMs until when to show it
	 * @param qr the rows of its QR code, see {@link QrRows}
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Link(@Nullable String code, @Nullable Long fromMs, @Nullable Long untilMs, List<String> qr) {

		/** Returns no part of the code, so that no log can contain it. */
		@Override
		public String toString() {
			return "Link";
		}

	}

}
