package rollcall;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;

import rollcall.roll.PresenceReceipt;

/** The reasons that a receipt can have. */
public final class PresenceReceipts {

	private PresenceReceipts() {
	}

	/** The codes of all refusals: the public constants of the receipt. */
	public static List<String> reasons() {
		return Stream.of(PresenceReceipt.class.getFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
			.map((field) -> {
				try {
					return (String) field.get(null);
				}
				catch (IllegalAccessException ex) {
					throw new IllegalStateException(ex);
				}
			})
			.toList();
	}

}
