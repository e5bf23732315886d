package rollcall.access;

import rollcall.problem.Problems;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Chooses the door: accounts if a teacher is configured, this machine alone if not.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {

	@Bean
	Door door(ObjectProvider<AccountsDoor> accounts, Hosts hosts, AccessProperties properties, Problems problems,
			Environment environment) {
		String strategy = environment.getProperty("server.forward-headers-strategy", "none");
		if (!strategy.equalsIgnoreCase("none")) {
			throw new AccessSettingException("server.forward-headers-strategy believes everybody's headers",
					"Leave it at none, and name the proxy's own address in rollcall.trusted-proxies");
		}
		AccountsDoor door = accounts.getIfAvailable();
		if (door != null) {
			return door;
		}
		if (properties.teacherRequired()) {
			throw new AccessSettingException(
					"No teacher is configured, and in a container or behind a proxy nobody is at this machine", """
							Make a password's hash with one of

							    java -jar rollcall.jar hash-password
							    docker run --rm -it rollcall hash-password

							and start with what it prints in the environment:

							    ROLLCALL_TEACHERS_0_PASSWORD_HASH='{bcrypt}...'

							The teacher's name is "teacher" unless ROLLCALL_TEACHERS_0_NAME says otherwise.""");
		}
		return new ProtectedMode(hosts, properties, problems);
	}

}
