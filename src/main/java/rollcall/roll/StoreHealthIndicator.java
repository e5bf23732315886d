package rollcall.roll;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Down while the store cannot be written or read. It only reports what the writer and the
 * probe know, so it answers at once even if disk, database or connection pool hang.
 */
@Component
class StoreHealthIndicator extends AbstractHealthIndicator {

	private final RollWriter writer;

	private final ReadProbe probe;

	StoreHealthIndicator(RollWriter writer, ReadProbe probe) {
		this.writer = writer;
		this.probe = probe;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.status((this.writer.isWriting() && this.probe.isReadable()) ? "UP" : "DOWN");
	}

}
