package rollcall.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import rollcall.access.AccessProperties.TokenClaims;
import rollcall.roll.Teacher;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Reads the teacher from a token whose signature, issuer, audience and time were checked.
 * The teacher's name contains a colon, so that it never equals the name of an account.
 */
class JwtTeacherConverter implements Converter<Jwt, AbstractAuthenticationToken> {

	private static final String NAME_PREFIX = "token:";

	private final TokenClaims claims;

	JwtTeacherConverter(TokenClaims claims) {
		this.claims = claims;
	}

	@Override
	public AbstractAuthenticationToken convert(Jwt token) {
		String name = token.getClaimAsString(this.claims.nameClaim());
		if (name == null || name.isBlank() || token.getExpiresAt() == null) {
			throw new InvalidBearerTokenException("The token has no name or no end");
		}
		Collection<?> roles = roles(token.getClaims());
		boolean admin = roles.contains(this.claims.adminRole());
		boolean teacher = admin || roles.contains(this.claims.teacherRole());
		return new TeacherAuthentication(new Teacher(NAME_PREFIX + name, admin), teacher, token.getExpiresAt());
	}

	/**
	 * Returns the roles of a claim: a list, words in one text, or the keys of an object
	 * (Zitadel).
	 */
	private Collection<?> roles(Map<?, ?> claims) {
		Object value = find(claims, this.claims.rolesClaim());
		if (value instanceof String text) {
			return Arrays.asList(text.split(" "));
		}
		if (value instanceof Map<?, ?> byRole) {
			return byRole.keySet();
		}
		return (value instanceof Collection<?> list) ? list : List.of();
	}

	/**
	 * Finds a claim. A dot leads into a nested claim, or is part of a name, as in
	 * Keycloak's {@code resource_access.my.client.roles}: both are tried for each dot.
	 */
	private static @Nullable Object find(Map<?, ?> claims, String path) {
		Object value = claims.get(path);
		for (int dot = path.lastIndexOf('.'); value == null && dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
			if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> nested) {
				value = find(nested, path.substring(dot + 1));
			}
		}
		return value;
	}

}
