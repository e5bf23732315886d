package rollcall.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import rollcall.access.LoginBrake.TooManyLoginsException;
import rollcall.access.LoginBrake.WrongPasswordException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoginBrakeTests {

	private final LoginBrake brake = new LoginBrake();

	@Test
	void failuresAreAnsweredLaterAndLaterUpToABound() {
		List<Duration> delays = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			WrongPasswordException refusal = this.brake.enter("ana", "10.0.0.1").failed();
			refusal.answered();
			delays.add(refusal.delay());
		}
		assertThat(delays).isSorted().startsWith(LoginBrake.FIRST_DELAY).endsWith(LoginBrake.LONGEST_DELAY);
	}

	@Test
	void guessesFromOneAddressTakeNoPlaceOfAnother() {
		for (int i = 0; i < LoginBrake.PLACES_PER_ACCOUNT_AND_ADDRESS; i++) {
			this.brake.enter("ana", "10.0.0.1").failed();
		}
		assertThatExceptionOfType(TooManyLoginsException.class).isThrownBy(() -> this.brake.enter("ana", "10.0.0.1"));
		assertThat(this.brake.enter("ana", "10.0.0.2").run(() -> true)).isTrue();
		assertThat(this.brake.enter("rui", "10.0.0.1").run(() -> true)).isTrue();
	}

	@Test
	void placeIsFreeAgainOnceTheFailureIsAnswered() {
		List<WrongPasswordException> refusals = new ArrayList<>();
		for (int i = 0; i < LoginBrake.PLACES_PER_ACCOUNT_AND_ADDRESS; i++) {
			refusals.add(this.brake.enter("ana", "10.0.0.1").failed());
		}
		refusals.get(0).answered();
		assertThat(this.brake.enter("ana", "10.0.0.1").run(() -> true)).isTrue();
	}

	@Test
	void successForgetsTheFailures() {
		for (int i = 0; i < 10; i++) {
			this.brake.enter("ana", "10.0.0.1").failed().answered();
		}
		this.brake.enter("ana", "10.0.0.1").succeeded();
		assertThat(this.brake.enter("ana", "10.0.0.1").failed().delay()).isEqualTo(LoginBrake.FIRST_DELAY);
	}

	@Test
	void manyNamesFromOneAddressFindNoEndlessRoom() {
		for (int i = 0; i < LoginBrake.PLACES_PER_ADDRESS; i++) {
			this.brake.enter("name" + i, "10.0.0.1").failed();
		}
		assertThatExceptionOfType(TooManyLoginsException.class)
			.isThrownBy(() -> this.brake.enter("another", "10.0.0.1"));
	}

}
