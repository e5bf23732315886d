package rollcall.roll;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A session that writes, used like the writer uses it: one transaction at a time.
 */
public final class TestSession implements AutoCloseable {

	private final StoreSession session;

	private final RollCallProperties properties;

	private final RollCodes codes = new RollCodes();

	private final Upkeep upkeep;

	private Batch batch;

	private List<RollEvent> events = List.of();

	TestSession(StoreDatabase database, RollCallProperties properties, LongSupplier nanos) throws StoreException {
		this.session = database.open();
		this.properties = properties;
		this.upkeep = new Upkeep(this.session, properties, nanos);
	}

	/** Opens a session with the default settings and the machine's time. */
	public static TestSession open(StoreDatabase database) throws StoreException {
		return new TestSession(database, StoreFixture.DEFAULTS, System::nanoTime);
	}

	public static Change<?> start(long classId) {
		return new Change.Start(classId, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE);
	}

	public static Change<?> arrival(long classId, String studentId) {
		return new Change.Arrival(classId, studentId, SentCode.NONE);
	}

	public static Change<?> lateAfter(long classId, Duration duration) {
		return new OptionsChange(classId, new OptionsRequest(new OptionsRequest.After(duration), null, null),
				RollMatch.ANY, Teacher.AT_THIS_MACHINE);
	}

	public static Change<?> mark(long classId, String studentId, Status status) {
		return new Change.Mark(classId, studentId, status, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
	}

	public static Change<?> end(long classId) {
		return new Change.End(classId, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
	}

	/** Writes changes in a transaction of their own. */
	public void write(Change<?>... changes) throws StoreException {
		apply(List.of(changes));
		commit();
	}

	/** Begins a transaction and decides the changes in it. */
	void apply(List<Change<?>> changes) throws StoreException {
		this.batch = new Batch(new StoreTransaction(this.session, this.properties),
				this.properties.maxStudentsPerRoll(), this.codes);
		this.batch.decide(changes);
	}

	void commit() throws StoreException {
		this.events = this.session.commit(this.batch.changed(), this.batch.events());
	}

	void rollback() throws StoreException {
		this.session.rollback();
	}

	/** The events of the last commit that this node has to publish. */
	List<RollEvent> events() {
		return this.events;
	}

	/** Does one step of the upkeep. Returns whether there may be more to do. */
	boolean upkeepStep() throws StoreException {
		Upkeep.Step step = this.upkeep.step();
		this.events = step.events();
		return step.more();
	}

	StoreSession session() {
		return this.session;
	}

	Connection connection() {
		return this.session.statements().connection();
	}

	@Override
	public void close() throws StoreException {
		this.session.close();
	}

}
