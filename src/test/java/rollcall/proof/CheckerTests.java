package rollcall.proof;

import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static rollcall.proof.HistoryBuilder.entry;

/**
 * The checker accepts what the promises allow and catches every way to break one: a
 * checker that cannot fail would prove nothing.
 */
class CheckerTests {

	private static final Call.Entry ANA = entry(1, "ana", 10);

	private static final Call.Entry BEN = entry(2, "ben", 20);

	private static final Call.Entry LATE_ANA = entry(2, "ana", 10, "late");

	private static final Call.Entry ANA_EXCUSED = entry(2, "ana", 15, "excused");

	private static final Call.Entry BEN_EXCUSED = entry(3, "ben", 20, "excused");

	private static final Call.SeenTimes LATE_AT_20 = new Call.Times(20L, null).of(HistoryBuilder.at(0));

	/** Late by the time of the roll, not by a mark. */
	private static final Call.Entry LATE_BEN = entry(3, "ben", 20).with(LATE_AT_20);

	/** Histories that a correct server can produce. */
	@Nested
	class Accepts {

		@Test
		void anAbandonedRollAndItsWaitingSheet() {
			assertAccepted(HistoryBuilder.begun()
				.refused(5, 6, "ben")
				.noneToRead(5, 6)
				.waiting(7, 8, "a")
				.start(9, 10, "b")
				.end(11, 12, "b")
				.waiting(13, 14, "a")
				.end(15, 16, "a", ANA)
				.waiting(17, 18)
				.endAgain(19, 20, "a", ANA));
		}

		@Test
		void aRollWithPresencesRepeatsRefusalsAndReads() {
			assertAccepted(HistoryBuilder.begun()
				.alreadyOpen(5, 6)
				.recorded(5, 6, "ben", 20)
				.read(7, 8, "a", ANA, BEN)
				.recorded(7, 8, "ana", 10)
				.end(9, 10, "a", ANA, BEN)
				.refused(11, 12, "cid")
				.noneToRead(11, 12));
		}

		@Test
		void aPresenceDuringTheEndMayBeInTheSheetOrNot() {
			assertAccepted(HistoryBuilder.begun().recorded(5, 9, "ben", 20).end(6, 8, "a", ANA, BEN));
			assertAccepted(HistoryBuilder.begun().refused(5, 9, "ben").end(6, 8, "a", ANA));
		}

		@Test
		void aPresenceDuringTheStartMayBeRecordedOrNot() {
			assertAccepted(new HistoryBuilder().start(1, 5, "a").recorded(2, 3, "ana", 10).end(9, 10, "a", ANA));
			assertAccepted(new HistoryBuilder().start(1, 5, "a").refused(2, 3, "ana").end(9, 10, "a"));
		}

		@Test
		void aStudentRefusedOnceAndRecordedLater() {
			assertAccepted(new HistoryBuilder().refused(1, 2, "ana")
				.start(3, 4, "a")
				.recorded(5, 6, "ana", 10)
				.end(9, 10, "a", ANA));
		}

		@Test
		void aStudentInTwoRollsOfTheClass() {
			assertAccepted(HistoryBuilder.begun()
				.end(9, 10, "a", ANA)
				.start(11, 12, "b")
				.recorded(13, 14, "ana", 30)
				.end(15, 16, "b", entry(1, "ana", 30)));
		}

		@Test
		void anUnansweredPresenceMayBeInTheSheetOrNot() {
			assertAccepted(HistoryBuilder.begun().unanswered(5, 6, "ben").end(9, 10, "a", ANA, BEN));
			assertAccepted(HistoryBuilder.begun().unanswered(5, 6, "ben").end(9, 10, "a", ANA));
		}

		@Test
		void aDeliveryThatTheProxyGaveUpMayReachTheNextRoll() {
			assertAccepted(HistoryBuilder.begun()
				.recorded(4, 6, "ben", 20)
				.givenUp(4, 6, "ben")
				.end(9, 10, "a", ANA, BEN)
				.start(11, 12, "b")
				.end(15, 16, "b", entry(1, "ben", 30)));
		}

		@Test
		void anUnansweredEndMayBeRetried() {
			assertAccepted(
					HistoryBuilder.begun().endUnanswered(5, 6, "a").refused(7, 8, "ben").endAgain(9, 10, "a", ANA));
		}

		@Test
		void anUnansweredStartMayTakeEffect() {
			assertAccepted(new HistoryBuilder().startUnanswered(1, 2)
				.alreadyOpen(3, 4)
				.recorded(5, 6, "ana", 10)
				.read(7, 8, "a", ANA)
				.endAgain(9, 10, "a", ANA));
		}

		@Test
		void aSubscriptionAfterTheFirstEvent() {
			assertAccepted(HistoryBuilder.begun()
				.recorded(5, 6, "ben", 20)
				.event(7, "a", 2, "ben", 20)
				.end(9, 10, "a", ANA, BEN)
				.ended(11, "a", 2));
		}

		@Test
		void marksOfStudentsWhoAnsweredAndOfOthers() {
			assertAccepted(HistoryBuilder.begun()
				.marked(5, 6, "late", LATE_ANA)
				.marked(7, 8, "excused", BEN_EXCUSED)
				.removed(9, 10, "ben")
				.recordedLate(9, 10, "ana", 10)
				.read(11, 12, 0, 3, Call.Times.NONE, LATE_ANA, BEN_EXCUSED)
				.read(11, 12, 2, 3, Call.Times.NONE, BEN_EXCUSED)
				.end(13, 14, "a", LATE_ANA, BEN_EXCUSED));
		}

		@Test
		void aPresenceDuringARemovalMayBeRecordedOrNot() {
			assertAccepted(HistoryBuilder.begun()
				.marked(5, 8, "excused", ANA_EXCUSED)
				.removed(6, 7, "ana")
				.recorded(6, 7, "ana", 10)
				.end(13, 14, "a", ANA_EXCUSED));
		}

		@Test
		void anUnansweredMarkMayTakeEffect() {
			assertAccepted(HistoryBuilder.begun().markUnanswered(5, 6, "late", "ana").end(13, 14, "a", LATE_ANA));
			assertAccepted(HistoryBuilder.begun()
				.markUnanswered(5, 6, "late", "ana")
				.recorded(7, 8, "ana", 10)
				.end(13, 14, "a", ANA));
		}

		@Test
		void studentsAreLateFromTheTimeOn() {
			assertAccepted(HistoryBuilder.begun()
				.timesSet(5, 6, 2, new Call.Times(20L, null))
				.recordedLate(7, 8, "ben", 20)
				.read(9, 10, 0, 3, new Call.Times(20L, null), ANA, LATE_BEN)
				.end(13, 14, null, "a", 1000, 20L, ANA, LATE_BEN));
		}

		@Test
		void aRollThatEndedAtItsDeadline() {
			assertAccepted(HistoryBuilder.begun()
				.timesSet(5, 6, 2, new Call.Times(null, 30L))
				.refusedAt(7, 8, "ben", 30)
				.noneToRead(9, 10)
				.waiting(11, 12, "a")
				.end(13, 14, null, "a", 30, ANA));
		}

		@Test
		void aSubscriberWhoMissedOnlyWhatLaterChangesReplaced() {
			assertAccepted(HistoryBuilder.begun()
				.recorded(3, 4, "ben", 20)
				.event(5, "a", ANA)
				.marked(5, 6, "late", entry(3, "ben", 20, "late"))
				.marked(5, 6, "excused", entry(4, "ben", 21, "excused"))
				.event(7, "a", entry(4, "ben", 21, "excused"))
				.afterAFailure()
				.end(13, 14, "a", ANA, entry(4, "ben", 21, "excused"))
				.ended(15, "a", 4)
				.showed("a", ANA, entry(4, "ben", 21, "excused")));
		}

		@Test
		void aSubscriberWhoGetsMissedArrivalsAsTheyAreNow() {
			assertAccepted(HistoryBuilder.begun()
				.recorded(3, 4, "ben", 20)
				.event(5, "a", ANA)
				.timesSet(5, 6, 3, new Call.Times(20L, null))
				.event(7, "a", BEN.with(LATE_AT_20))
				.changed(7, "a", 3, 25, new Call.Times(20L, null))
				.afterAFailure()
				.end(13, 14, null, "a", 1000, 20L, ANA, BEN.with(LATE_AT_20))
				.ended(15, "a", 3));
		}

		private static void assertAccepted(HistoryBuilder history) {
			assertThat(history.violations()).isEmpty();
		}

	}

	@Test
	void p1AnAcknowledgedPresenceIsInNoSheet() {
		assertBroken(Promise.P1, HistoryBuilder.begun().recorded(5, 6, "ben", 20).end(9, 10, "a", ANA));
	}

	@Test
	void p1AnAcknowledgedPresenceIsInTheNextSheet() {
		assertBroken(List.of(Promise.P1, Promise.P4),
				HistoryBuilder.begun()
					.recorded(5, 6, "ben", 20)
					.end(9, 10, "a", ANA)
					.start(11, 12, "b")
					.end(15, 16, "b", entry(1, "ben", 20)));
	}

	@Test
	void p1OnePresenceIsInTwoSheets() {
		assertBroken(Promise.P1,
				new HistoryBuilder().start(1, 2, "a")
					.recorded(3, 20, "ana", 10)
					.end(9, 10, "a", ANA)
					.start(11, 12, "b")
					.end(15, 16, "b", ANA));
	}

	@Test
	void p1ASheetIsNeverHandedOver() {
		assertBroken(Promise.P1, HistoryBuilder.begun());
	}

	@Test
	void p1AnAcknowledgedPresenceIsMissingInALaterRead() {
		assertBroken(Promise.P1,
				HistoryBuilder.begun().recorded(5, 6, "ben", 20).read(7, 8, "a", ANA).end(9, 10, "a", ANA, BEN));
	}

	@Test
	void p2APresenceIsAcknowledgedAfterTheEndWasAnswered() {
		assertBroken(Promise.P2, HistoryBuilder.begun().end(9, 10, "a", ANA).recorded(11, 12, "ben", 20));
		assertBroken(List.of(Promise.P2, Promise.P4),
				HistoryBuilder.begun().end(9, 10, "a", ANA, BEN).recorded(11, 12, "ben", 20));
	}

	@Test
	void p3ARefusedPresenceIsInTheSheet() {
		assertBroken(Promise.P3, HistoryBuilder.begun().refused(5, 11, "ben").end(9, 10, "a", ANA, BEN));
	}

	@Test
	void p3APresenceIsRefusedWhileARollIsOpen() {
		assertBroken(Promise.P3, HistoryBuilder.begun().refused(5, 6, "ben").end(9, 10, "a", ANA));
	}

	@Test
	void p4AStudentIsInASheetTwice() {
		assertBroken(Promise.P4, HistoryBuilder.begun().end(9, 10, "a", ANA, entry(2, "ana", 20)));
	}

	@Test
	void p4AStudentWhoDidNotAskIsInTheSheet() {
		assertBroken(Promise.P4, HistoryBuilder.begun().end(9, 10, "a", ANA, BEN));
	}

	@Test
	void p4AStudentWhoAskedAfterTheEndIsInTheSheet() {
		assertBroken(Promise.P4, HistoryBuilder.begun().end(9, 10, "a", ANA, BEN).unanswered(11, 12, "ben"));
	}

	@Test
	void p5TheNumbersHaveAHole() {
		assertBroken(Promise.P5,
				HistoryBuilder.begun().recorded(5, 6, "ben", 20).end(9, 10, "a", ANA, entry(3, "ben", 20)));
	}

	@Test
	void p5TheNumbersBeginAgain() {
		assertBroken(Promise.P5,
				HistoryBuilder.begun().recorded(5, 6, "ben", 20).end(9, 10, "a", ANA, entry(1, "ben", 20)));
	}

	@Test
	void p5ATimeFalls() {
		assertBroken(Promise.P5,
				HistoryBuilder.begun().recorded(5, 6, "ben", 9).end(9, 10, "a", ANA, entry(2, "ben", 9)));
	}

	@Test
	void p5ATimeIsBeforeTheStart() {
		assertBroken(Promise.P5,
				new HistoryBuilder().start(1, 2, "a").recorded(3, 4, "ana", -1).end(9, 10, "a", entry(1, "ana", -1)));
	}

	@Test
	void p5ATimeIsAfterTheEnd() {
		assertBroken(Promise.P5, HistoryBuilder.begun().end(9, 10, null, "a", 9, ANA));
	}

	@Test
	void p5AReceiptHasAnotherTimeThanTheSheet() {
		assertBroken(Promise.P5, HistoryBuilder.begun().end(9, 10, "a", entry(1, "ana", 11)));
	}

	@Test
	void p6AStudentOfAnotherClassIsInTheSheet() {
		assertBroken(Promise.P6, HistoryBuilder.begun().elsewhere(5, 6, "ben").end(9, 10, "a", ANA, BEN));
	}

	@Test
	void p7ARepeatHasAnotherTime() {
		assertBroken(Promise.P7, HistoryBuilder.begun().recorded(5, 6, "ana", 11).end(9, 10, "a", ANA));
	}

	@Test
	void p7ARepeatIsAnsweredClassZero() {
		assertBroken(Promise.P7, HistoryBuilder.begun().refused(5, 6, "ana").end(9, 10, "a", ANA));
	}

	@Test
	void p7AStartClearsTheOpenRoll() {
		assertThat(HistoryBuilder.begun()
			.start(5, 6, "b")
			.recorded(7, 8, "ben", 20)
			.end(9, 10, "b", entry(1, "ben", 20))
			.broken()).contains(Promise.P7, Promise.P1);
	}

	@Test
	void p7ARetriedEndGivesAnotherSheet() {
		assertBroken(Promise.P7, HistoryBuilder.begun().end(9, 10, "a", ANA).end(11, 12, "a", "a", 1001, ANA));
	}

	@Test
	void p7TwoEndsEndTheSameRoll() {
		assertBroken(Promise.P7, HistoryBuilder.begun().end(9, 10, "a", ANA).end(9, 11, "a", ANA));
	}

	@Test
	void p8ARetriedEndGivesNoSheet() {
		assertBroken(List.of(Promise.P8, Promise.P1),
				HistoryBuilder.begun().endUnanswered(5, 6, "a").endDenied(9, 10, "a"));
	}

	@Test
	void p8ASheetContradictsARead() {
		assertBroken(Promise.P8,
				HistoryBuilder.begun().unanswered(5, 6, "ben").read(7, 8, "a", ANA, BEN).end(9, 10, "a", ANA));
	}

	@Test
	void p9AnEventIsNotInTheSheet() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun()
					.unanswered(5, 6, "ben")
					.event(7, "a", 2, "ben", 20)
					.end(9, 10, "a", ANA)
					.ended(11, "a", 1));
	}

	@Test
	void p9AnEventIsPublishedTwice() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun()
					.event(5, "a", 1, "ana", 10)
					.event(6, "a", 1, "ana", 10)
					.end(9, 10, "a", ANA)
					.ended(11, "a", 1));
	}

	@Test
	void p9TheEventsHaveAGap() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun()
					.recorded(5, 6, "ben", 20)
					.event(7, "a", 1, "ana", 10)
					.end(9, 10, "a", ANA, BEN)
					.ended(11, "a", 2));
	}

	@Test
	void p9TheEndIsNotTheLastEvent() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun().ended(7, "a", 0).event(8, "a", 1, "ana", 10).end(9, 10, "a", ANA));
	}

	@Test
	void p9TheEndIsNotPublished() {
		assertBroken(Promise.P9, HistoryBuilder.begun().event(7, "a", 1, "ana", 10).end(9, 10, "a", ANA));
	}

	@Test
	void p9AnEventIsPublishedBeforeItCanBeRead() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun()
					.recorded(5, 12, "ben", 20)
					.event(6, "a", 1, "ana", 10)
					.event(7, "a", 2, "ben", 20)
					.read(8, 9, "a", ANA)
					.end(13, 14, "a", ANA, BEN)
					.ended(15, "a", 2));
	}

	@Test
	void p10AnAbandonedRollHasNoSheet() {
		assertBroken(List.of(Promise.P1, Promise.P10, Promise.CONTRACT), HistoryBuilder.begun().endDenied(9, 10, null));
	}

	@Test
	void p10AWaitingSheetIsErased() {
		assertBroken(List.of(Promise.P1, Promise.P10), HistoryBuilder.begun().waiting(5, 6, "a").waiting(7, 8));
		assertBroken(List.of(Promise.P1, Promise.P10),
				HistoryBuilder.begun().waiting(5, 6, "a").endDenied(9, 10, null));
	}

	@Test
	void p10ASheetIsErasedBeforeItIsHandedOver() {
		assertBroken(Promise.P10, HistoryBuilder.begun().waiting(5, 6, "a").waiting(7, 8).end(9, 10, "a", ANA));
	}

	@Test
	void p3ARemovedStudentComesBack() {
		assertBroken(Promise.P3,
				HistoryBuilder.begun()
					.marked(5, 6, "excused", ANA_EXCUSED)
					.recorded(7, 8, "ana", 10)
					.end(13, 14, "a", ANA_EXCUSED));
	}

	@Test
	void p3AStudentIsRemovedByNobody() {
		assertBroken(Promise.P3, HistoryBuilder.begun().removed(5, 6, "ben").end(13, 14, "a", ANA));
		assertBroken(Promise.P3,
				HistoryBuilder.begun()
					.marked(5, 6, "excused", ANA_EXCUSED)
					.marked(7, 8, "late", entry(3, "ana", 10, "late"))
					.removed(9, 10, "ana")
					.end(13, 14, "a", entry(3, "ana", 10, "late")));
	}

	@Test
	void p3APresenceIsRefusedBeforeTheDeadline() {
		assertBroken(Promise.P3,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, new Call.Times(null, 30L))
					.refusedAt(7, 8, "ben", 29)
					.end(13, 14, null, "a", 30, ANA));
	}

	@Test
	void p4AStudentIsMarkedByNobody() {
		assertBroken(Promise.P4, HistoryBuilder.begun().end(13, 14, "a", LATE_ANA));
		assertBroken(Promise.P4,
				HistoryBuilder.begun().markUnanswered(5, 6, "late", "ana").end(13, 14, "a", ANA_EXCUSED));
	}

	@Test
	void p5AMarkHasTheNumberOfAnEarlierOne() {
		assertThat(HistoryBuilder.begun()
			.marked(5, 6, "late", entry(3, "ana", 10, "late"))
			.marked(7, 8, "excused", ANA_EXCUSED)
			.end(13, 14, "a", entry(3, "ana", 10, "late"))
			.broken()).contains(Promise.P5);
	}

	@Test
	void p5TheNumbersHaveAGapThatNoChangeExplains() {
		assertBroken(Promise.P5,
				HistoryBuilder.begun()
					.marked(5, 6, "late", LATE_ANA)
					.recorded(7, 8, "ben", 20)
					.end(13, 14, "a", LATE_ANA, entry(4, "ben", 20)));
		assertBroken(Promise.P5,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, new Call.Times(null, 900L))
					.read(7, 8, 0, 3, new Call.Times(null, 900L), ANA)
					.end(13, 14, null, "a", 800, ANA));
	}

	@Test
	void p5AStudentIsLateAMillisecondTooLate() {
		Call.Times late = new Call.Times(20L, null);
		assertBroken(Promise.P5,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, late)
					.recorded(7, 8, "ben", 20)
					.end(13, 14, null, "a", 1000, 20L, ANA, LATE_BEN));
		assertBroken(Promise.P5,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, late)
					.recordedLate(7, 8, "ben", 20)
					.end(13, 14, null, "a", 1000, 20L, ANA, entry(3, "ben", 20)));
		assertBroken(List.of(Promise.P5, Promise.P8),
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, late)
					.recordedLate(7, 8, "ben", 20)
					.read(9, 10, 0, 3, late, ANA, entry(3, "ben", 20))
					.end(13, 14, null, "a", 1000, 20L, ANA, LATE_BEN));
	}

	@Test
	void p5APresenceTakesEffectAtTheDeadline() {
		HistoryBuilder history = HistoryBuilder.begun()
			.timesSet(5, 6, 2, new Call.Times(null, 20L))
			.recorded(7, 8, "ben", 20);
		assertBroken(Promise.P5, history.end(13, 14, null, "a", 20, ANA, entry(3, "ben", 20)));
	}

	@Test
	void p5ARollEndsAfterItsDeadline() {
		assertBroken(Promise.P5,
				HistoryBuilder.begun().timesSet(5, 6, 2, new Call.Times(null, 20L)).end(13, 14, null, "a", 21, ANA));
	}

	@Test
	void p5ARollThatEndedByItselfDidNotEndAtItsDeadline() {
		assertBroken(Promise.P5,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, new Call.Times(null, 20L))
					.noneToRead(9, 10)
					.end(13, 14, null, "a", 19, ANA));
	}

	@Test
	void p8AMarkIsNotInTheSheet() {
		assertBroken(Promise.P8, HistoryBuilder.begun().marked(5, 6, "late", LATE_ANA).end(13, 14, "a", ANA));
		assertBroken(Promise.P8, HistoryBuilder.begun().marked(5, 6, "excused", BEN_EXCUSED).end(13, 14, "a", ANA));
	}

	@Test
	void p8AMarkIsNotInALaterReading() {
		assertThat(HistoryBuilder.begun()
			.marked(5, 6, "late", LATE_ANA)
			.read(7, 8, "a", ANA)
			.end(13, 14, "a", LATE_ANA)
			.broken()).contains(Promise.P8);
	}

	@Test
	void p8TheTimesAreNotInTheSheet() {
		assertBroken(Promise.P8,
				HistoryBuilder.begun().timesSet(5, 6, 2, new Call.Times(20L, null)).end(13, 14, "a", ANA));
	}

	@Test
	void p8AReadingHasOldTimes() {
		assertBroken(Promise.P8,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, new Call.Times(20L, null))
					.read(7, 8, 0, 2, Call.Times.NONE, ANA)
					.end(13, 14, null, "a", 1000, 20L, ANA));
	}

	@Test
	void p9AMarkIsMissingAfterAFailure() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun()
					.event(5, "a", ANA)
					.marked(5, 6, "late", LATE_ANA)
					.recorded(7, 8, "ben", 20)
					.event(9, "a", entry(3, "ben", 20))
					.afterAFailure()
					.end(13, 14, "a", LATE_ANA, entry(3, "ben", 20))
					.ended(15, "a", 3));
	}

	@Test
	void p9AnEventHasTimesThatNobodySet() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun()
					.event(5, "a", ANA)
					.timesSet(5, 6, 2, new Call.Times(20L, null))
					.changed(7, "a", 2, 15, new Call.Times(21L, null))
					.end(13, 14, null, "a", 1000, 20L, ANA)
					.ended(15, "a", 2));
	}

	@Test
	void p9AnEventHasTheWrongLabel() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, new Call.Times(20L, null))
					.recordedLate(7, 8, "ben", 20)
					.event(9, "a", entry(3, "ben", 20))
					.end(13, 14, null, "a", 1000, 20L, ANA, LATE_BEN)
					.ended(15, "a", 3));
	}

	@Test
	void p9ADashboardShowsAnotherListThanTheSheet() {
		assertBroken(Promise.P9,
				HistoryBuilder.begun().marked(5, 6, "late", LATE_ANA).end(13, 14, "a", LATE_ANA).showed("a", ANA));
	}

	@Test
	void p10TheSheetOfARollThatEndedAtItsDeadlineDoesNotWait() {
		assertBroken(Promise.P10,
				HistoryBuilder.begun()
					.timesSet(5, 6, 2, new Call.Times(null, 20L))
					.noneToRead(7, 8)
					.waiting(9, 10)
					.end(13, 14, null, "a", 20, ANA));
	}

	@Test
	void aMarkOfAnOpenRollIsDenied() {
		assertBroken(Promise.CONTRACT, HistoryBuilder.begun().markDenied(5, 6, "late", "ana").end(9, 10, "a", ANA));
	}

	@Test
	void a404ForAnOpenRollIsAViolation() {
		assertBroken(Promise.CONTRACT, HistoryBuilder.begun().noneToRead(5, 6).end(9, 10, "a", ANA));
	}

	@Test
	void anUnexpectedAnswerIsAViolation() {
		assertBroken(Promise.CONTRACT, HistoryBuilder.begun().unexpected(5, 6).end(9, 10, "a", ANA));
	}

	private static void assertBroken(Promise promise, HistoryBuilder history) {
		assertThat(history.broken()).isEqualTo(List.of(promise));
	}

	private static void assertBroken(List<Promise> promises, HistoryBuilder history) {
		assertThat(history.broken()).containsExactlyInAnyOrderElementsOf(promises);
	}

}
