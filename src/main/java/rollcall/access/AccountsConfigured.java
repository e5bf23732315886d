package rollcall.access;

import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether anybody may log in. Until then nothing of Spring Security is started.
 */
class AccountsConfigured implements Condition {

	static final String TOKENS = "spring.security.oauth2.resourceserver.jwt";

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return hasTeachers(context.getEnvironment()) || hasTokens(context.getEnvironment());
	}

	static boolean hasTeachers(Environment environment) {
		return Binder.get(environment)
			.bind("rollcall.teachers", Bindable.listOf(AccessProperties.Account.class))
			.map((teachers) -> !teachers.isEmpty())
			.orElse(false);
	}

	static boolean hasTokens(Environment environment) {
		return Binder.get(environment).bind(TOKENS, Bindable.mapOf(String.class, Object.class)).isBound();
	}

	/**
	 * A token that was meant for another service of the same issuer must not count here.
	 */
	static void requireAudience(Environment environment) {
		List<String> audiences = Binder.get(environment)
			.bind(TOKENS + ".audiences", Bindable.listOf(String.class))
			.orElse(List.of());
		Map<String, Object> all = Binder.get(environment)
			.bind(TOKENS, Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of());
		if (audiences.isEmpty() && !all.isEmpty()) {
			throw new AccessSettingException(
					"Tokens are accepted from everybody's applications: " + TOKENS + ".audiences is not set",
					"Set it to the name under which your issuer knows this server");
		}
	}

}
