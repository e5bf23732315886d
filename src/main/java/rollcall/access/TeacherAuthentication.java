package rollcall.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Teacher;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * An authenticated caller, independent of the way to log in. It keeps no password and no
 * token.
 */
class TeacherAuthentication extends AbstractAuthenticationToken {

	/** The authority that Spring Security requires of a teacher. */
	static final String TEACHER = "TEACHER";

	private final transient Teacher teacher;

	private final @Nullable Instant until;

	/**
	 * Creates the authentication.
	 * @param teacher the caller
	 * @param allowed whether the caller has the role of a teacher
	 * @param until end of the authentication, null if it has no fixed end
	 */
	TeacherAuthentication(Teacher teacher, boolean allowed, @Nullable Instant until) {
		super(allowed ? List.of(new SimpleGrantedAuthority(TEACHER)) : List.of());
		this.teacher = teacher;
		this.until = until;
		setAuthenticated(true);
	}

	Teacher teacher() {
		return this.teacher;
	}

	@Nullable Instant until() {
		return this.until;
	}

	@Override
	public @Nullable Object getCredentials() {
		return null;
	}

	@Override
	public Object getPrincipal() {
		return this.teacher;
	}

	/** Empty without a configured teacher. STOMP tells it to the client. */
	@Override
	public String getName() {
		return Objects.requireNonNullElse(this.teacher.name(), "");
	}

}
