package rollcall.roll;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of rolls, {@code rollcall.*}. Public, because the package of the embedded
 * store reads {@code dataDir}. An empty value, which an environment variable often has,
 * means the default; a primitive type would refuse it.
 *
 * @param dataDir the folder of the embedded store; created if it does not exist
 * @param closedSheetRetention how long a sheet is kept after it was handed over; zero
 * erases it at once
 * @param waitingSheetRetention how long a sheet waits for its teacher before it is erased
 * @param abandonedAfter the age at which the server ends an open roll
 * @param maxStudentsPerRoll the maximum number of students of one roll; further students
 * are refused
 */
@ConfigurationProperties("rollcall")
public record RollCallProperties(@DefaultValue("data") Path dataDir, @DefaultValue("15m") Duration closedSheetRetention,
		@DefaultValue("7d") Duration waitingSheetRetention, @DefaultValue("24h") Duration abandonedAfter,
		@DefaultValue("10000") Integer maxStudentsPerRoll) {

	/** The maximum number of open rolls of one teacher; a further start is refused. */
	static final int MAX_OPEN_ROLLS = 1_000;

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofDays(36_500);

	public RollCallProperties {
		requirePeriod("closed-sheet-retention", closedSheetRetention, Duration.ZERO);
		requirePeriod("waiting-sheet-retention", waitingSheetRetention, SHORTEST);
		requirePeriod("abandoned-after", abandonedAfter, SHORTEST);
		if (maxStudentsPerRoll < 1) {
			throw new IllegalArgumentException("rollcall.max-students-per-roll must be 1 or more");
		}
	}

	private static void requirePeriod(String name, Duration period, Duration shortest) {
		if (period.compareTo(shortest) < 0 || period.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("rollcall.%s must be from %s to %dd".formatted(name,
					shortest.isZero() ? "0" : shortest.toMillis() + "ms", LONGEST.toDays()));
		}
	}

	/** Whether a sheet is kept after it was handed over. */
	boolean keepsClosedSheets() {
		return !this.closedSheetRetention.isZero();
	}

}
