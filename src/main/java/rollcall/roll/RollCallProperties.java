package rollcall.roll;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the roll.
 *
 * @param dataDir the folder of the embedded store; created if it is not there
 * @param closedSheetRetention how long a sheet is kept for a repeated end; zero keeps
 * nothing
 * @param abandonedAfter after how long a roll that nobody ended is erased
 * @param maxStudentsPerRoll how many students one roll records; others are refused
 */
@ConfigurationProperties("rollcall")
record RollCallProperties(@DefaultValue("data") Path dataDir, @DefaultValue("15m") Duration closedSheetRetention,
		@DefaultValue("24h") Duration abandonedAfter, @DefaultValue("10000") int maxStudentsPerRoll) {

	/** How many rolls of one teacher may be open: a start beyond it is refused. */
	static final int MAX_OPEN_ROLLS = 1_000;

	RollCallProperties {
		if (closedSheetRetention.isNegative()) {
			throw new IllegalArgumentException("rollcall.closed-sheet-retention must not be negative");
		}
		if (abandonedAfter.isNegative() || abandonedAfter.isZero()) {
			throw new IllegalArgumentException("rollcall.abandoned-after must be more than 0");
		}
		if (maxStudentsPerRoll < 1) {
			throw new IllegalArgumentException("rollcall.max-students-per-roll must be 1 or more");
		}
	}

	/** Whether the sheet of an ended roll is kept for a repeated end. */
	boolean keepsClosedSheets() {
		return !this.closedSheetRetention.isZero();
	}

}
