package rollcall.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rollcall.access.AccessProperties.TokenClaims;

import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/** The forms in which issuers write roles. */
class TokenAuthenticationProviderTests {

	private static final String ROLE = "rollcall-teacher";

	static List<Arguments> claimsOfATeacher() {
		return List.of(Arguments.of("roles", Map.of("roles", List.of("other", ROLE))),
				Arguments.of("scope", Map.of("scope", "openid " + ROLE)),
				Arguments.of("realm_access.roles", Map.of("realm_access", Map.of("roles", List.of(ROLE)))),
				Arguments.of("realm_access.roles", Map.of("realm_access.roles", List.of(ROLE))),
				// Keycloak, a client whose id has dots
				Arguments.of("resource_access.roll.call.app.roles",
						Map.of("resource_access",
								Map.of("roll", Map.of(), "roll.call.app", Map.of("roles", List.of(ROLE))))),
				// Zitadel
				Arguments.of("urn:zitadel:iam:org:project:roles",
						Map.of("urn:zitadel:iam:org:project:roles", Map.of(ROLE, Map.of("1", "example.org")))),
				Arguments.of("https://example.org/roles", Map.of("https://example.org/roles", List.of(ROLE))));
	}

	static List<Arguments> claimsWithoutTheRole() {
		return List.of(Arguments.of("roles", Map.of()), Arguments.of("roles", Map.of("roles", 7)),
				Arguments.of("roles", Map.of("roles", List.of(ROLE + "s", ROLE.toUpperCase(java.util.Locale.ROOT)))),
				Arguments.of("roles", Map.of("roles", Map.of("other", ROLE))),
				Arguments.of("a.b.roles", Map.of("a", Map.of("roles", List.of(ROLE)))),
				Arguments.of("a.b", Map.of("a", "b")), Arguments.of(".", Map.of("roles", List.of(ROLE))));
	}

	@ParameterizedTest
	@MethodSource("claimsOfATeacher")
	void roleIsFound(String claim, Map<String, Object> claims) {
		assertThat(read(claim, claims).getAuthorities()).extracting(Object::toString)
			.containsExactly(TeacherAuthentication.TEACHER);
	}

	@ParameterizedTest
	@MethodSource("claimsWithoutTheRole")
	void otherRolesAreNotTheTeachersRole(String claim, Map<String, Object> claims) {
		assertThat(read(claim, claims).getAuthorities()).isEmpty();
	}

	@Test
	void nameFromATokenNeverEqualsAnAccountsName() {
		assertThat(read("roles", Map.of("roles", List.of(ROLE))).getName()).isEqualTo("token:maria");
	}

	private static TeacherAuthentication read(String claim, Map<String, Object> claims) {
		Jwt token = new Jwt("text", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Map.of("alg", "RS256"),
				with(claims, "sub", "maria"));
		return TokenAuthenticationProvider.teacher(token, new TokenClaims(claim, "sub", ROLE, "rollcall-admin"));
	}

	private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
		Map<String, Object> all = new java.util.HashMap<>(claims);
		all.put(name, value);
		return all;
	}

}
