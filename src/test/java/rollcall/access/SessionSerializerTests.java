package rollcall.access;

import java.util.List;

import org.junit.jupiter.api.Test;
import rollcall.access.AccessProperties.Account;
import rollcall.roll.Teacher;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A stored login is read by another process, with the settings of that process.
 */
class SessionSerializerTests {

	private static final String HASH = "{bcrypt}$2a$10$" + "a".repeat(53);

	private static final Account ANA = new Account("ana maría", HASH, false);

	private final byte[] kept = new SessionSerializer(List.of(ANA)).write(login("ana maría"));

	@Test
	void loginOfTheSameAccountIsRead() {
		assertThat(read(ANA)).isInstanceOf(TeacherAuthentication.class)
			.extracting(Authentication::getPrincipal)
			.isEqualTo(new Teacher("ana maría", false));
	}

	@Test
	void rightsComeFromThePresentSettings() {
		assertThat(read(new Account("ana maría", HASH, true))).extracting(Authentication::getPrincipal)
			.isEqualTo(new Teacher("ana maría", true));
	}

	@Test
	void changedPasswordEndsTheLogin() {
		assertThat(read(new Account("ana maría", HASH.replace("aaa", "aab"), false))).isNull();
	}

	@Test
	void removedAccountEndsTheLogin() {
		assertThat(read(new Account("rui", HASH, true))).isNull();
	}

	@Test
	void otherObjectsAreNotStored() {
		SessionSerializer login = new SessionSerializer(List.of(ANA));
		assertThatIllegalArgumentException().isThrownBy(() -> login.write("text"));
		assertThatIllegalArgumentException().isThrownBy(
				() -> login.write(new SecurityContextImpl(new UsernamePasswordAuthenticationToken("ana", "secret"))));
	}

	private Authentication read(Account account) {
		return new SessionSerializer(List.of(account)).read(this.kept).getAuthentication();
	}

	private static SecurityContextImpl login(String name) {
		return new SecurityContextImpl(new TeacherAuthentication(new Teacher(name, false), true, null));
	}

}
