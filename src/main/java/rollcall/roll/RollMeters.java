package rollcall.roll;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.springframework.stereotype.Component;

/**
 * The metrics of presences, commits and events. No metric contains the id of a class, a
 * roll or a student.
 */
@Component
class RollMeters {

	private static final Duration[] TIMES = { Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20),
			Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10) };

	private static final double[] SIZES = { 1, 4, 16, 64, 256, 1_024 };

	private final MeterRegistry registry;

	private final Clock clock;

	private final Counter recorded;

	private final Counter repeated;

	private final Counter refused;

	private final Counter failed;

	private final Counter unpublished;

	private final DistributionSummary batchSize;

	private final Timer commitTime;

	private final Timer publishLag;

	RollMeters(MeterRegistry registry, Clock clock) {
		this.registry = registry;
		this.clock = clock;
		this.recorded = presences("recorded");
		this.repeated = presences("repeated");
		this.refused = presences("refused");
		this.failed = presences("failed");
		this.unpublished = Counter.builder("rollcall.events.unpublished")
			.description("events that were dropped because too many waited; subscribers read them from the store")
			.register(registry);
		this.batchSize = DistributionSummary.builder("rollcall.batch.size")
			.description("changes that were committed together")
			.serviceLevelObjectives(SIZES)
			.register(registry);
		this.commitTime = timer("rollcall.commit.time", "duration of a transaction, until it is on the disk");
		this.publishLag = timer("rollcall.publish.lag",
				"from the time of a presence or an end until its event is given to the sockets of this node");
	}

	/**
	 * Counts a batch that is committed.
	 * @param newPresences the number of students who were not recorded before
	 * @param nanos the duration of the transaction
	 */
	void committed(List<Change<?>> batch, int newPresences, long nanos) {
		int arrivals = 0;
		int refusals = 0;
		for (Change<?> change : batch) {
			if (change instanceof Change.Arrival arrival) {
				arrivals++;
				refusals += arrival.isRefused() ? 1 : 0;
			}
		}
		this.recorded.increment(newPresences);
		this.refused.increment(refusals);
		this.repeated.increment((double) arrivals - newPresences - refusals);
		this.batchSize.record(batch.size());
		this.commitTime.record(Duration.ofNanos(nanos));
	}

	/** Counts the presences of a failed batch. It may be committed nevertheless. */
	void failed(List<Change<?>> batch) {
		this.failed.increment(batch.stream().filter(Change.Arrival.class::isInstance).count());
	}

	/** Records the time from an event until its message is sent to subscribers. */
	void published(RollEvent event) {
		this.publishLag.record(Duration.ofMillis(this.clock.millis() - event.at().toEpochMilli()));
	}

	/** Counts an event that was dropped. */
	void unpublished() {
		this.unpublished.increment();
	}

	private Counter presences(String outcome) {
		return Counter.builder("rollcall.presences")
			.description("requests of students, by their outcome")
			.tag("outcome", outcome)
			.register(this.registry);
	}

	private Timer timer(String name, String description) {
		return Timer.builder(name).description(description).serviceLevelObjectives(TIMES).register(this.registry);
	}

}
