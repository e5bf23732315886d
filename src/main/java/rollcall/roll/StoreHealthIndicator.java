package rollcall.roll;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Down while the store cannot write: a readiness check then keeps new requests away.
 */
@Component
class StoreHealthIndicator extends AbstractHealthIndicator {

	private final RollWriter writer;

	StoreHealthIndicator(RollWriter writer) {
		this.writer = writer;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.status(this.writer.isWriting() ? "UP" : "DOWN");
	}

}
