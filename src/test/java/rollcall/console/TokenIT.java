package rollcall.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.RollCallApplication;
import rollcall.TestDataFolder;
import rollcall.access.Issuer;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The consoles at a server to which teachers log in with tokens of an issuer. */
@SpringBootTest(classes = RollCallApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TokenIT {

	private static final Issuer issuer = new Issuer();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", TestDataFolder::next);
		settings.add("rollcall.token.roles-claim", () -> "realm_access.roles");
		settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer::url);
		settings.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> Issuer.AUDIENCE);
	}

	@AfterAll
	static void close() {
		issuer.close();
	}

	/**
	 * An arrival that is printed at once came over the topic: the next reading is 15 s
	 * later.
	 */
	@Test
	void theTokenIsSentWithRequestsAndInTheHandshake(@TempDir Path folder) throws Exception {
		String token = issuer.token("teacher");
		assertThat(run("teacher", "start", "42", "--token", token)).isZero();
		ScriptedTerminal pipes = ScriptedTerminal.pipes();
		Path file = Files.writeString(folder.resolve("token"), token + "\n");
		CompletableFuture<Integer> watch = pipes.begin("teacher", "watch", "42", "--server", server(), "--token-file",
				file.toString());
		pipes.printed().await("a roll has been open");
		assertThat(run("student", "42", "a-1", "--token", issuer.token("expired"))).as("without the login").isZero();
		pipes.printed().await("a-1");
		assertThat(run("teacher", "end", "42", "--token", token)).isZero();
		assertThat(watch.join()).isZero();
		assertThat(pipes.warned().toString()).isEmpty();
	}

	@Test
	void aMissingAWrongAndAForeignTokenAreTold() {
		ScriptedTerminal pipes = ScriptedTerminal.pipes();
		assertThat(pipes.run("teacher", "start", "43", "--server", server())).isEqualTo(4);
		assertThat(pipes.warned().toString()).contains("requires the login of a teacher", "--token-file FILE");
		assertThat(run("teacher", "start", "43", "--token", issuer.token("expired"))).isEqualTo(4);
		assertThat(run("teacher", "start", "43", "--token", issuer.token("student"))).isEqualTo(4);
		assertThat(run("teacher", "start", "43", "--token", "two words")).isEqualTo(2);
	}

	/** The id is not lost: it is printed, and the command goes on. */
	@Test
	void aScannerThatMayNotReadTheCodeSaysSo() {
		String token = issuer.token("teacher");
		assertThat(run("teacher", "start", "44", "--code", "--token", token)).isZero();
		ScriptedTerminal pipes = ScriptedTerminal.pipes();
		pipes.type("a-1");
		pipes.type("a-2");
		pipes.endInput();
		assertThat(pipes.run("teacher", "scan", "44", "--server", server())).isEqualTo(1);
		assertThat(pipes.printed().toString()).contains(
				"a-1  NOT RECORDED: The roll of class 44 needs a code, and this command may not read it.",
				"a-2  NOT RECORDED: ", "--user NAME", "Recorded: 0, already recorded: 0, not recorded: 2");
		ScriptedTerminal loggedIn = ScriptedTerminal.pipes();
		loggedIn.type("a-1");
		loggedIn.endInput();
		assertThat(loggedIn.run("teacher", "scan", "44", "--server", server(), "--token", token)).isZero();
		assertThat(run("teacher", "end", "44", "--token", token)).isZero();
	}

	private String server() {
		return "http://localhost:" + this.port;
	}

	private int run(String... args) {
		String[] all = Arrays.copyOf(args, args.length + 1);
		all[args.length] = "--server=" + server();
		return ScriptedTerminal.pipes().run(all);
	}

}
