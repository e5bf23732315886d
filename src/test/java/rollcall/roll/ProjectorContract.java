package rollcall.roll;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;
import rollcall.problem.ProblemType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the addresses of the projector's page, which every store must pass.
 */
abstract class ProjectorContract extends WaitingSheetsContract {

	@Test
	void anAddressShowsTheOpenRoll() throws Exception {
		start(null, "PT1H");
		ProjectorToken token = add();
		present("a");
		present("b");
		mark("b", Status.ABSENT);
		mark("c", Status.LATE);
		ProjectedRoll shown = this.store.projected(token).orElseThrow();
		assertThat(shown.classId()).isEqualTo(CLASS_ID);
		assertThat(shown.present()).isEqualTo(2);
		assertThat(shown.endsInMs()).isNotNull();
		assertThat(shown.codes()).isNull();
		reopenAfter(Duration.ofMinutes(1));
		assertThat(this.store.projected(token)).isPresent();
	}

	@Test
	void onlyTheNewestThreeAddressesAreValid() throws Exception {
		start();
		List<ProjectorToken> tokens = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			tokens.add(add());
			this.clock.jump(Duration.ofHours(-1));
		}
		assertThat(tokens.stream().map(this.store::projected).map(Optional::isPresent)).containsExactly(false, false,
				true, true, true);
	}

	@Test
	void addressesOfOneBatchReplaceTheOldest() throws Exception {
		start();
		ProjectorToken old = add();
		List<ProjectorChange> batch = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			batch.add(change(ProjectorToken.random()));
		}
		apply(batch.toArray(Change<?>[]::new));
		assertThat(this.store.projected(old)).isEmpty();
		assertThat(batch.stream().map((each) -> this.store.projected(each.token()).isPresent())).containsExactly(false,
				true, true, true);
	}

	@Test
	void allAddressesOfTheRollAreRevokedAndNoOthers() throws Exception {
		start();
		ProjectorToken first = add();
		ProjectorToken second = add();
		apply(new Change.Start(43, OptionsRequest.NOTHING, Teacher.AT_THIS_MACHINE));
		ProjectorChange other = new ProjectorChange(43, ProjectorToken.random(), Teacher.AT_THIS_MACHINE);
		apply(other);
		apply(change(null));
		assertThat(this.store.projected(first)).isEmpty();
		assertThat(this.store.projected(second)).isEmpty();
		assertThat(this.store.projected(other.token())).map(ProjectedRoll::classId).contains(43L);
		assertThat(addresses()).isEqualTo(1);
	}

	@Test
	void anAddressIsNotValidFromTheEndOn() throws Exception {
		start();
		ProjectorToken token = add();
		end();
		assertThat(this.store.projected(token)).isEmpty();
		start();
		assertThat(this.store.projected(token)).isEmpty();
		upkeep();
		assertThat(addresses()).isZero();
	}

	@Test
	void anAddressIsNotValidFromTheDeadlineOn() throws Exception {
		start(null, "PT1M");
		ProjectorToken token = add();
		this.clock.move(Duration.ofMinutes(1));
		present("a");
		assertThat(this.store.projected(token)).isEmpty();
		upkeep();
		assertThat(addresses()).isZero();
	}

	@Test
	void anAddressOfAnAbandonedRollIsNotValid() throws Exception {
		start();
		ProjectorToken token = add();
		pass(ABANDONED_AFTER);
		upkeep();
		assertThat(this.store.projected(token)).isEmpty();
		assertThat(addresses()).isZero();
	}

	@Test
	void anAddressOfAnErasedRollIsNotValid() throws Exception {
		reopen(properties(Duration.ZERO, 10_000));
		start();
		ProjectorToken token = add();
		end();
		assertThat(this.store.projected(token)).isEmpty();
		upkeep();
		assertThat(addresses()).isZero();
	}

	@Test
	void anAddressIsRefusedWithoutARollAndToAnotherTeacher() throws Exception {
		ProjectorChange early = change(ProjectorToken.random());
		apply(early);
		assertRefused(() -> early.answer().join(), ProblemType.NO_OPEN_ROLL);
		start();
		ProjectorToken token = add();
		ProjectorChange foreign = new ProjectorChange(CLASS_ID, ProjectorToken.random(), new Teacher("rui", false));
		ProjectorChange revoking = new ProjectorChange(CLASS_ID, null, new Teacher("rui", false));
		apply(foreign, revoking);
		assertRefused(() -> foreign.answer().join(), ProblemType.NOT_YOUR_ROLL);
		assertRefused(() -> revoking.answer().join(), ProblemType.NOT_YOUR_ROLL);
		assertThat(this.store.projected(foreign.token())).isEmpty();
		assertThat(this.store.projected(token)).isPresent();
	}

	@Test
	void theStoreDoesNotKeepTheTokenItself() throws Exception {
		start();
		ProjectorToken token = add();
		try (Connection connection = dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT token FROM projector")) {
			row.next();
			assertThat(row.getString(1)).isNotEqualToIgnoringCase(token.value()).hasSize(64);
		}
	}

	private ProjectorToken add() throws StoreException {
		ProjectorChange change = change(ProjectorToken.random());
		apply(change);
		assertThat(change.answer().join()).isTrue();
		return change.token();
	}

	private static ProjectorChange change(@Nullable ProjectorToken token) {
		return new ProjectorChange(CLASS_ID, token, Teacher.AT_THIS_MACHINE);
	}

	private long addresses() throws SQLException {
		try (Connection connection = dataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT count(*) FROM projector")) {
			row.next();
			return row.getLong(1);
		}
	}

}
