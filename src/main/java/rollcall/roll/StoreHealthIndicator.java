package rollcall.roll;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Down while the store cannot be written or read: a readiness check then keeps new
 * requests away. After an outage the pool of those who read is back some seconds later.
 */
@Component
class StoreHealthIndicator extends AbstractHealthIndicator {

	private final RollWriter writer;

	private final RollStore store;

	StoreHealthIndicator(RollWriter writer, RollStore store) {
		this.writer = writer;
		this.store = store;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.status((this.writer.isWriting() && this.store.isReadable()) ? "UP" : "DOWN");
	}

}
