package rollcall.roll;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;

/** What both stores must do for rolls that require a code. */
abstract class CodesContract extends TimesContract {

	private static final String PHONE = "phone-1";

	@Test
	void aRollRequiresACodeFromItsStartOn() throws Exception {
		assertThat(startWithCode().code()).isTrue();
		assertThat(present("a").reason()).isEqualTo(PresenceReceipt.CODE_MISSING);
		assertThat(presentWith("a", codeNow()).classId()).isEqualTo(CLASS_ID);
		assertThat(current().code()).isTrue();
		assertThat(this.store.openRolls(Teacher.AT_THIS_MACHINE)).singleElement()
			.satisfies((roll) -> assertThat(roll.code()).isTrue());
	}

	@Test
	void aChangeOfTheCodeIsNumberedAndPublished() throws Exception {
		StartedRoll started = start();
		assertThat(started.code()).isNull();
		OptionsChange on = codeSwitch(true);
		assertThat(apply(on)).singleElement().satisfies((event) -> {
			assertThat(event.type()).isEqualTo(RollEvent.CHANGED);
			assertThat(event.seq()).isEqualTo(1);
			assertThat(event.code()).isTrue();
		});
		assertThat(on.answer().join().code()).isTrue();
		assertThat(on.answer().join().seq()).isEqualTo(1);
		assertThat(apply(codeSwitch(true))).isEmpty();
		assertThat(setOptions(times("PT5M", null)).code()).isTrue();
		OptionsChange off = codeSwitch(false);
		assertThat(apply(off)).singleElement().satisfies((event) -> assertThat(event.code()).isNull());
		assertThat(off.answer().join().lateAt()).isEqualTo(started.startedAt().plus(Duration.ofMinutes(5)));
		assertThat(current().code()).isNull();
	}

	@Test
	void theCodesAreTheSameAfterARestart() throws Exception {
		startWithCode();
		RollCode code = codeNow();
		reopenAfter(Duration.ofSeconds(15));
		assertThat(presentWith("a", code).classId()).isEqualTo(CLASS_ID);
		assertThat(codeNow()).isNotEqualTo(code);
	}

	@Test
	void theFourCodesToShowFollowEachOther() throws Exception {
		startWithCode();
		ShownCodes shown = codes();
		assertThat(shown.rollId()).isEqualTo(current().rollId());
		assertThat(shown.codes()).hasSize(4).extracting(ShownCodes.ShownCode::code).doesNotHaveDuplicates();
		assertThat(shown.codes().get(0).code()).isEqualTo(codeNow().letters());
		assertThat(shown.codes().get(0).fromMs()).isBetween(-15_000L, 0L);
		for (int i = 0; i < 4; i++) {
			ShownCodes.ShownCode code = shown.codes().get(i);
			assertThat(code.untilMs() - code.fromMs()).isEqualTo(15_000);
			assertThat(code.fromMs()).isEqualTo(shown.codes().get(0).fromMs() + i * 15_000);
		}
		this.clock.move(Duration.ofSeconds(15));
		this.storeClock.saw(this.clock.millis());
		assertThat(codes().codes().get(0).code()).isEqualTo(shown.codes().get(1).code());
	}

	@Test
	void codesAreOnlyForTheTeacherOfARollThatRequiresThem() throws Exception {
		assertRefused(this::codes, ProblemType.NO_OPEN_ROLL);
		start();
		assertRefused(this::codes, ProblemType.NO_CODE);
		require(true);
		assertRefused(() -> this.store.codes(CLASS_ID, new Teacher("ben", false)), ProblemType.NOT_YOUR_ROLL);
		codes();
		require(false);
		assertRefused(this::codes, ProblemType.NO_CODE);
	}

	@Test
	void theSecretOfTheCodesIsErasedWhenTheRollEnds() throws Exception {
		startWithCode();
		assertThat(secret()).matches("[0-9a-f]{32}");
		require(false);
		assertThat(secret()).isNotNull();
		end();
		assertThat(secret()).isNull();
	}

	@Test
	void theSecretOfTheCodesIsErasedAtTheDeadline() throws Exception {
		startWithCode();
		setOptions(times(null, "PT1M"));
		this.clock.move(Duration.ofMinutes(2));
		present("a");
		assertThat(secret()).isNull();
		startWithCode();
		setOptions(times(null, "PT1M"));
		this.clock.move(Duration.ofMinutes(2));
		upkeep();
		assertThat(secret()).isNull();
		startWithCode();
		pass(ABANDONED_AFTER);
		upkeep();
		assertThat(secret()).isNull();
	}

	@Test
	void allServersOfAStoreSignWithTheSameSecret() throws Exception {
		byte[] key = this.store.ticketKey();
		assertThat(key).hasSizeGreaterThanOrEqualTo(16);
		reopenAfter(Duration.ofSeconds(1));
		assertThat(this.store.ticketKey()).isEqualTo(key);
	}

	@Test
	void aFormThatIsRepeatedWhileTheStoreDoesNotAnswerCountsAsTheFirstOne() throws Exception {
		startWithCode();
		String code = codeNow().letters();
		String ticket = tickets().issue(new ClassId(CLASS_ID), code, PHONE);
		for (int seconds : new int[] { 115, 10, 110, 90, 115 }) {
			later(Duration.ofSeconds(seconds));
			ticket = repeated(code, ticket);
		}
		assertThat(presentWith("a", sent(code, ticket)).classId()).isEqualTo(CLASS_ID);
		later(Duration.ofSeconds(125));
		assertThat(presentWith("b", sent(code, ticket)).reason()).isEqualTo(PresenceReceipt.CODE_EXPIRED);
	}

	@Test
	void aCodeWithoutATicketIsRepeatedWithTheTimeOfItsArrival() throws Exception {
		startWithCode();
		String code = codeNow().letters();
		String ticket = repeated(code, null);
		later(Duration.ofSeconds(115));
		assertThat(presentWith("a", sent(code, repeated(code, ticket))).classId()).isEqualTo(CLASS_ID);
	}

	@Test
	void aTicketThatIsTooOldIsNotRenewed() throws Exception {
		startWithCode();
		String code = codeNow().letters();
		String ticket = tickets().issue(new ClassId(CLASS_ID), code, PHONE);
		later(Duration.ofSeconds(125));
		assertThat(presentWith("a", sent(code, ticket)).reason()).isEqualTo(PresenceReceipt.CODE_EXPIRED);
		assertThat(presentWith("a", sent(code, repeated(code, ticket))).reason())
			.isEqualTo(PresenceReceipt.CODE_EXPIRED);
	}

	private CodeTickets tickets() {
		return new CodeTickets(this.store, this.storeClock);
	}

	private SentCode sent(String code, @Nullable String ticket) {
		return tickets().sent(new ClassId(CLASS_ID), code, ticket, PHONE);
	}

	/** The ticket of the answer 503 to a presence. */
	private String repeated(String code, @Nullable String ticket) {
		return Objects.requireNonNull(tickets().forRepeat(new ClassId(CLASS_ID), sent(code, ticket), PHONE).get());
	}

	private void later(Duration duration) {
		this.clock.move(duration);
		this.storeClock.saw(this.clock.millis());
	}

	private StartedRoll startWithCode() throws StoreException {
		Change.Start start = new Change.Start(CLASS_ID, new OptionsRequest(null, null, new OptionsRequest.Code(true)),
				Teacher.AT_THIS_MACHINE);
		apply(start);
		this.storeClock.saw(this.clock.millis());
		return start.answer().join();
	}

	private void require(boolean code) throws StoreException {
		apply(codeSwitch(code));
	}

	private static OptionsChange codeSwitch(boolean code) {
		return new OptionsChange(CLASS_ID, new OptionsRequest(null, null, new OptionsRequest.Code(code)), RollMatch.ANY,
				Teacher.AT_THIS_MACHINE);
	}

	private PresenceReceipt presentWith(String studentId, RollCode code) throws StoreException {
		return presentWith(studentId, new SentCode(code, null));
	}

	private PresenceReceipt presentWith(String studentId, SentCode code) throws StoreException {
		Change.Arrival arrival = new Change.Arrival(CLASS_ID, studentId, code);
		apply(arrival);
		return arrival.answer().join();
	}

	private ShownCodes codes() {
		return this.store.codes(CLASS_ID, Teacher.AT_THIS_MACHINE);
	}

	private RollCode codeNow() throws SQLException {
		return new CodeSeries(secret()).of(CodeSeries.step(this.clock.millis()));
	}

	/** The secret of the newest roll. */
	private @Nullable String secret() throws SQLException {
		try (Connection connection = dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT code_key FROM roll ORDER BY roll_no DESC LIMIT 1")) {
			row.next();
			return row.getString(1);
		}
	}

}
