package rollcall.roll;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.roll.RollStore.OpenRolls;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says at start where the rolls are kept and how many were found, so that a wrong folder
 * or a lost list is noticed at once.
 */
@Component
class StoreReport {

	private static final Logger logger = LoggerFactory.getLogger(StoreReport.class);

	private final Database database;

	private final RollStore store;

	StoreReport(Database database, RollStore store) {
		this.database = database;
		this.store = store;
	}

	@EventListener(ApplicationStartedEvent.class)
	void report() {
		OpenRolls found = this.store.countOpenRolls();
		logger.info("Store: {}; open rolls found: {}, with presences: {}", this.database.place(), found.rolls(),
				found.presences());
	}

}
