package rollcall.access;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import rollcall.roll.Teacher;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A caller who has shown who they are, whichever way. It keeps no password and no token.
 */
class TeacherLogin extends AbstractAuthenticationToken {

	static final String TEACHER = "TEACHER";

	private final transient Teacher teacher;

	private final @Nullable Instant until;

	/**
	 * Somebody known.
	 * @param teacher who
	 * @param allowed whether this is a teacher at all, and not just somebody known
	 * @param until until when that holds, null if it does not end by itself
	 */
	TeacherLogin(Teacher teacher, boolean allowed, @Nullable Instant until) {
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

	@Override
	public String getName() {
		return String.valueOf(this.teacher.name());
	}

}
