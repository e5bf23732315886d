package rollcall.roll;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rollcall.Await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The order of the checks of a presence when the roll requires a code. */
class CodeRulesTests {

	private static final long CLASS_ID = 42;

	private static final int MAX_STUDENTS = 3;

	private static final long STEP = CodeSeries.PERIOD_MS;

	private final MemoryStore store = new MemoryStore();

	private final RollCodes codes = new RollCodes();

	private long startedAt;

	@BeforeEach
	void start() throws StoreException {
		write(start(CLASS_ID), start(43));
		this.startedAt = this.store.now;
		this.store.now += 40 * STEP + 1_234;
	}

	static Stream<Arguments> codes() {
		return Stream.of(arguments("none", null, "code-missing", "code-missing"),
				arguments("now", sent(0, null), null, null), arguments("two steps ago", sent(-2, null), null, null),
				arguments("three steps ago", sent(-3, null), "code-expired", null),
				arguments("the first of the roll", sent(-40, null), "code-expired", null),
				arguments("before the roll", sent(-43, null), "code-wrong", "code-wrong"),
				arguments("the next step", sent(1, null), "code-wrong", "code-wrong"),
				arguments("wrong", new Sent(null, null, "QQQQQQ"), "code-wrong", "code-wrong"),
				arguments("no code at all", new Sent(null, null, "042191010"), "code-wrong", "code-wrong"),
				arguments("of another class", new Sent(0L, null, "other"), "code-wrong", "code-wrong"),
				arguments("link opened in time", sent(-9, -100_000L), null, null),
				arguments("link opened with an old code", sent(-9, -60_000L), "code-expired", null),
				arguments("link opened with the next code", sent(1, -60_000L), "code-wrong", "code-wrong"),
				arguments("wrong code in a link", new Sent(null, 0L, "QQQQQQ"), "code-wrong", "code-wrong"),
				arguments("a ticket from the future", sent(-9, 5_000L), "code-expired", null),
				arguments("an old ticket with the code of now", sent(0, -500_000L), null, null));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("codes")
	void aNewStudentNeedsACodeThatIsValid(String name, @Nullable Sent sent, @Nullable String refusal,
			@Nullable String whenRecorded) throws StoreException {
		PresenceReceipt receipt = present("a", code(sent));
		assertThat(receipt.reason()).isEqualTo(refusal);
		assertThat(receipt.classId()).isEqualTo((refusal == null) ? CLASS_ID : 0);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("codes")
	void aRecordedStudentNeedsACodeThatWasValid(String name, @Nullable Sent sent, @Nullable String refusal,
			@Nullable String whenRecorded) throws StoreException {
		long now = this.store.now;
		this.store.now = this.startedAt;
		PresenceReceipt first = present("a", code(sent(0, null)));
		this.store.now = now;
		PresenceReceipt receipt = present("a", code(sent));
		assertThat(receipt.reason()).isEqualTo(whenRecorded);
		if (whenRecorded == null) {
			assertThat(receipt).isEqualTo(first);
		}
	}

	@Test
	void theAnswerWithoutAValidCodeDoesNotTellWhoIsPresentOrRemoved() throws StoreException {
		present("a", code(sent(0, null)));
		write(new Change.Mark(CLASS_ID, "b", Status.ABSENT, RollMatch.ANY, Teacher.AT_THIS_MACHINE));
		for (SentCode code : List.of(SentCode.NONE, code(sent(1, null)))) {
			assertThat(Stream.of("a", "b", "c").map((id) -> reason(id, code)).distinct()).hasSize(1);
		}
		assertThat(reason("b", code(sent(0, null)))).isEqualTo("removed-by-teacher");
	}

	@Test
	void aFullRollTellsItOnlyWithAValidCode() throws StoreException {
		for (String id : List.of("a", "b", "c")) {
			present(id, code(sent(0, null)));
		}
		assertThat(reason("d", SentCode.NONE)).isEqualTo("code-missing");
		assertThat(reason("d", code(sent(0, null)))).isEqualTo("roll-full");
		assertThat(present("a", code(sent(0, null))).classId()).isEqualTo(CLASS_ID);
	}

	@Test
	void withoutAnOpenRollTheCodeDoesNotMatter() throws StoreException {
		SentCode code = code(sent(0, null));
		write(new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE));
		assertThat(reason("a", code)).isEqualTo("no-open-roll");
		assertThat(reason("a", SentCode.NONE)).isEqualTo("no-open-roll");
	}

	@Test
	void theCodeOfAnEarlierRollOfTheClassIsWrong() throws StoreException {
		SentCode code = code(sent(0, null));
		write(new Change.End(CLASS_ID, RollMatch.ANY, Teacher.AT_THIS_MACHINE), start(CLASS_ID));
		assertThat(reason("a", code)).isEqualTo("code-wrong");
	}

	@Test
	void aTeacherNeedsNoCodeToAddAStudent() throws StoreException {
		Change.Mark mark = new Change.Mark(CLASS_ID, "a", Status.PRESENT, RollMatch.ANY, Teacher.AT_THIS_MACHINE);
		write(mark);
		assertThat(mark.answer().join().counts()).isTrue();
	}

	@Test
	void aCodeIsJudgedWhenItsRequestArrivedAndNotWhenItIsWritten() throws StoreException {
		SentCode code = code(sent(0, null));
		Change.Arrival waiting = new Change.Arrival(CLASS_ID, "a", code);
		pause();
		// The window ended between the arrival and the transaction.
		this.store.now = (CodeSeries.step(this.store.now) + 3) * STEP + 5;
		Change.Arrival late = new Change.Arrival(CLASS_ID, "b", code);
		write(waiting, late);
		assertThat(waiting.answer().join().reason()).isNull();
		assertThat(late.answer().join().reason()).isEqualTo("code-expired");
	}

	@Test
	void aCodeThatBeganJustNowIsRightThoughTheStoreAnswersSlowly() throws StoreException {
		this.store.now = (CodeSeries.step(this.store.now) + 1) * STEP + 5;
		this.store.pauseAfterNow = CodeRulesTests::pause;
		assertThat(reason("a", code(sent(0, null)))).isNull();
	}

	@Test
	void aCodeThatNearlyExpiredIsRightThoughTheStoreWaitsForALock() throws StoreException {
		SentCode code = code(sent(0, null));
		// The window ends while the store waits.
		this.store.pauseBeforeNow = () -> {
			pause();
			this.store.now = (CodeSeries.step(this.store.now) + 3) * STEP + 5;
		};
		assertThat(reason("a", code)).isNull();
	}

	private static void pause() {
		long began = System.nanoTime();
		Await.until("a little time has passed", () -> System.nanoTime() - began > 40_000_000);
	}

	@Test
	void aSwitchTakesEffectAtOnceAndKeepsTheEarlierCodes() throws StoreException {
		SentCode earlier = code(sent(0, null));
		present("a", earlier);
		List<RollEvent> events = require(false);
		assertThat(events).singleElement().satisfies((event) -> assertThat(event.code()).isNull());
		assertThat(reason("b", SentCode.NONE)).isNull();
		this.store.now += 10 * STEP;
		events = require(true);
		assertThat(events).singleElement().satisfies((event) -> assertThat(event.code()).isTrue());
		assertThat(require(true)).isEmpty();
		assertThat(reason("c", SentCode.NONE)).isEqualTo("code-missing");
		assertThat(reason("a", earlier)).isNull();
		assertThat(reason("b", SentCode.NONE)).isEqualTo("code-missing");
		assertThat(reason("c", earlier)).isEqualTo("code-expired");
	}

	@Test
	void aRollWithoutACodeIgnoresCodes() throws StoreException {
		require(false);
		assertThat(reason("a", new SentCode(RollCode.parse("QQQQQQ"), null))).isNull();
	}

	@Test
	void afterTheClockWasSetBackEarlierCodesOfTheRollAreStillKnown() throws StoreException {
		SentCode code = code(sent(0, null));
		PresenceReceipt first = present("a", code);
		this.store.now -= 20 * STEP;
		assertThat(present("a", code)).isEqualTo(first);
		assertThat(reason("b", code(sent(0, null)))).isNull();
	}

	private List<RollEvent> require(boolean code) throws StoreException {
		return write(new OptionsChange(CLASS_ID, new OptionsRequest(null, null, new OptionsRequest.Code(code)),
				RollMatch.ANY, Teacher.AT_THIS_MACHINE));
	}

	private String reason(String studentId, SentCode code) {
		try {
			return present(studentId, code).reason();
		}
		catch (StoreException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private PresenceReceipt present(String studentId, SentCode code) throws StoreException {
		Change.Arrival arrival = new Change.Arrival(CLASS_ID, studentId, code);
		write(arrival);
		return arrival.answer().join();
	}

	private List<RollEvent> write(Change<?>... changes) throws StoreException {
		Batch batch = new Batch(this.store, MAX_STUDENTS, this.codes);
		batch.decide(List.of(changes));
		this.store.commit(batch);
		List.of(changes).forEach(Change::complete);
		return batch.events();
	}

	private SentCode code(@Nullable Sent sent) {
		if (sent == null) {
			return SentCode.NONE;
		}
		long now = this.store.now;
		RollCode code = (sent.step != null)
				? this.codes.of(this.store.codeKey("other".equals(sent.text) ? 43 : CLASS_ID))
					.of(CodeSeries.step(now) + sent.step)
				: RollCode.parse(sent.text);
		return new SentCode(code, (sent.opened != null) ? now + sent.opened : null);
	}

	private static Change.Start start(long classId) {
		return new Change.Start(classId, new OptionsRequest(null, null, new OptionsRequest.Code(true)),
				Teacher.AT_THIS_MACHINE);
	}

	private static Sent sent(long step, @Nullable Long opened) {
		return new Sent(step, opened, "");
	}

	/**
	 * What a student sends.
	 *
	 * @param step the step of the code, counted from now; null for the text
	 * @param opened when the link was opened, milliseconds from now; null without a
	 * ticket
	 * @param text a code that is none of the roll; "other" for one of another class
	 */
	private record Sent(@Nullable Long step, @Nullable Long opened, String text) {
	}

}
