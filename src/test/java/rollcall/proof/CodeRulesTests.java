package rollcall.proof;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static rollcall.proof.HistoryBuilder.entry;

/**
 * The checker accepts what a correct server answers to codes, and catches every wrong
 * answer. One unit of time is a second here. The code NOW was first shown between -1 and
 * 2, so it surely permits from 2 to 43 and surely not from 48 on; NEXT is shown 15 later.
 */
class CodeRulesTests {

	private static final long SECOND = 1_000_000_000L;

	private static final Call.Sent NOW = new Call.Sent("NNNNNN", null);

	private static final Call.Sent NEXT = new Call.Sent("XXXXXX", null);

	private static final Call.Sent WRONG = new Call.Sent("WWWWWW", null);

	private static final Call.Entry ANA = entry(1, "ana", 10);

	private static final Call.Entry PRESENT_ANA = new Call.Entry(1, "ana", HistoryBuilder.at(10), null, "teacher");

	private static final String MISSING = Call.Refused.CODE_MISSING;

	private static final String NOT_RIGHT = Call.Refused.CODE_WRONG;

	private static final String EXPIRED = Call.Refused.CODE_EXPIRED;

	private final HistoryBuilder history = new HistoryBuilder().startWithCode(1 * SECOND, 2 * SECOND, "a")
		.codes(2 * SECOND, 3 * SECOND, "a", new Call.ShownCode("NNNNNN", -1_000), new Call.ShownCode("XXXXXX", 14_000));

	@Test
	void rightCodesAndEachRefusalAreAccepted() {
		recorded(4, "ana", NOW, 10).refused(5, "ben", null, MISSING)
			.refused(5, "ben", WRONG, NOT_RIGHT)
			.refused(5, "ben", NEXT, NOT_RIGHT)
			.recorded(5, "ana", NOW, 10)
			.refused(6, "ana", null, MISSING)
			.refused(6, "ana", WRONG, NOT_RIGHT)
			.recorded(20, "ben", NEXT, 20)
			.refused(50, "cid", NOW, EXPIRED)
			.recorded(50, "ana", NOW, 10)
			.end(ANA, entry(2, "ben", 20));
		assertBroken();
	}

	@Test
	void atTheEdgesOfAWindowBothAnswersAreAccepted() {
		recorded(15, "ana", NEXT, 10).refused(15, "ben", NEXT, NOT_RIGHT)
			.recorded(46, "ben", NOW, 20)
			.refused(46, "cid", NOW, EXPIRED)
			.end(ANA, entry(2, "ben", 20));
		assertBroken();
	}

	@Test
	void withoutARequiredCodeEachPresenceIsAccepted() {
		this.history.codeSet(4 * SECOND, 5 * SECOND, 1, false).noCode(6 * SECOND, 7 * SECOND);
		recorded(7, "ana", null, 10).recorded(7, "ben", WRONG, 20);
		this.history.codeSet(9 * SECOND, 10 * SECOND, 4, true);
		refused(11, "cid", null, MISSING).end(entry(2, "ana", 10), entry(3, "ben", 20));
		assertBroken();
	}

	@Test
	void whileTheOptionChangesBothAnswersAreAccepted() {
		this.history.codeSet(4 * SECOND, 7 * SECOND, 1, false);
		recorded(5, "ana", null, 10).refused(5, "ben", null, MISSING).end(entry(2, "ana", 10));
		assertBroken();
	}

	@Test
	void aStudentWhomTheTeacherSetNeedsNoCode() {
		this.history.marked(4 * SECOND, 5 * SECOND, "present", PRESENT_ANA);
		refused(6, "ana", null, MISSING).recorded(6, "ana", NOW, 10).end(PRESENT_ANA);
		assertBroken();
	}

	@Test
	void aTicketPermitsACodeThatHasExpiredSince() {
		recorded(60, "ana", withTicket(NOW, 20, 21, true), 10).end(ANA);
		assertBroken();
	}

	@Test
	void anUnansweredRequestMayHaveArrivedLater() {
		this.history.unanswered(4 * SECOND, 5 * SECOND, "ana", NEXT);
		end(ANA);
		assertBroken();
	}

	@Test
	void aPresenceWithoutACode() {
		recorded(4, "ana", null, 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aPresenceWithAWrongCode() {
		recorded(4, "ana", WRONG, 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aPresenceWithACodeOfTheFuture() {
		recorded(4, "ana", NEXT, 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aPresenceWithAnExpiredCode() {
		recorded(50, "ana", NOW, 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aPresenceWithACodeOfAnEarlierRoll() {
		this.history.end(4 * SECOND, 5 * SECOND, "a").startWithCode(6 * SECOND, 7 * SECOND, "b");
		recorded(8, "ana", NOW, 10);
		this.history.end(60 * SECOND, 61 * SECOND, "b", ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aTicketOfAnotherPhone() {
		recorded(60, "ana", withTicket(NOW, 20, 21, false), 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aTicketThatIsTooOld() {
		recorded(160, "ana", withTicket(NOW, 20, 21, true), 10);
		this.history.end(170 * SECOND, 171 * SECOND, "a", ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aTicketForACodeOfTheFuture() {
		recorded(5, "ana", withTicket(NEXT, 4, 4, true), 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aRepeatWithoutACodeTellsWhoIsPresent() {
		recorded(4, "ana", NOW, 10).recorded(5, "ana", null, 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aRepeatWithAWrongCodeTellsWhoIsPresent() {
		recorded(4, "ana", NOW, 10).recorded(5, "ana", WRONG, 10).end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aRemovedStudentIsToldSoWithoutACode() {
		this.history.marked(4 * SECOND, 5 * SECOND, "absent", entry(1, "ana", 10, "absent"));
		refused(6, "ana", null, Call.Refused.REMOVED).end(entry(1, "ana", 10, "absent"));
		assertBroken(Promise.P11);
	}

	@Test
	void anUnansweredPresenceWithAnExpiredCodeIsInTheSheet() {
		this.history.unanswered(50 * SECOND, 51 * SECOND, "ana", NOW);
		end(ANA);
		assertBroken(Promise.P11);
	}

	@Test
	void aRightCodeIsRefusedAsWrong() {
		refused(4, "ana", NOW, NOT_RIGHT).end();
		assertBroken(Promise.P11);
	}

	@Test
	void aRightCodeIsRefusedAsExpired() {
		refused(4, "ana", NOW, EXPIRED).end();
		assertBroken(Promise.P11);
	}

	@Test
	void aRightTicketIsRefused() {
		refused(60, "ana", withTicket(NOW, 20, 21, true), EXPIRED).end();
		assertBroken(Promise.P11);
	}

	@Test
	void aRepeatWithAnEarlierCodeIsRefused() {
		recorded(4, "ana", NOW, 10).refused(50, "ana", NOW, EXPIRED).end(ANA);
		assertBroken(Promise.P7);
	}

	@Test
	void anExpiredCodeIsCalledWrong() {
		refused(50, "ana", NOW, NOT_RIGHT).end();
		assertBroken(Promise.CONTRACT);
	}

	@Test
	void aWrongCodeIsCalledExpired() {
		refused(4, "ana", WRONG, EXPIRED).refused(4, "ana", NEXT, EXPIRED).end();
		assertBroken(Promise.CONTRACT);
	}

	@Test
	void aCodeThatWasSentIsCalledMissing() {
		refused(4, "ana", WRONG, MISSING).end();
		assertBroken(Promise.CONTRACT);
	}

	@Test
	void aMissingCodeIsCalledWrong() {
		refused(4, "ana", null, NOT_RIGHT).end();
		assertBroken(Promise.CONTRACT);
	}

	@Test
	void aCodeIsMissedThoughNoneIsRequired() {
		this.history.codeSet(4 * SECOND, 5 * SECOND, 1, false);
		refused(6, "ana", null, MISSING).end();
		assertBroken(Promise.CONTRACT);
	}

	@Test
	void aRequiredCodeIsNotShown() {
		this.history.noCode(4 * SECOND, 5 * SECOND);
		end();
		assertBroken(Promise.CONTRACT);
	}

	private static Call.Sent withTicket(Call.Sent sent, long from, long to, boolean own) {
		return new Call.Sent(sent.code(), new Call.Ticket("1.1.x", from * SECOND, to * SECOND, to * SECOND, own));
	}

	private CodeRulesTests recorded(long from, String student, Call.Sent sent, long at) {
		this.history.recorded(from * SECOND, from * SECOND + SECOND / 2, student, sent, at);
		return this;
	}

	private CodeRulesTests refused(long from, String student, Call.Sent sent, String reason) {
		this.history.refused(from * SECOND, from * SECOND + SECOND / 2, student, sent, reason);
		return this;
	}

	private void end(Call.Entry... rows) {
		this.history.end(100 * SECOND, 101 * SECOND, "a", rows);
	}

	private void assertBroken(Promise... promises) {
		assertThat(this.history.broken()).as(() -> this.history.violations().toString()).isEqualTo(List.of(promises));
	}

}
