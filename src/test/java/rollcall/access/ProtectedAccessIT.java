package rollcall.access;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.RawConnection.Answer;
import rollcall.TestDataFolder;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server in protected mode: no teacher is configured.
 */
class ProtectedAccessIT extends AccessMatrix {

	@DynamicPropertySource
	static void settings(DynamicPropertyRegistry settings) {
		settings.add("rollcall.data-dir", TestDataFolder::next);
		settings.add("rollcall.allowed-hosts", () -> "roll.example.org,LAB_PC01");
	}

	@Test
	void http10RequestFromThisMachineIsAccepted() throws IOException {
		assertThat(ask("v4", "GET /classes HTTP/1.0\r\nHost: 127.0.0.1:" + this.port + "\r\nConnection: close\r\n\r\n")
			.status()).isEqualTo(200);
	}

	/** HAProxy and Nagios send health probes like these. */
	@ParameterizedTest
	@ValueSource(strings = { "GET /actuator/health", "GET /actuator/health/readiness", "HEAD /actuator/health", "GET /",
			"OPTIONS /" })
	void probeWithoutHostIsAnswered(String probe) throws IOException {
		assertThat(ask("v4", probe + " HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /classes", "POST /classes/1/roll", "GET /teacher" })
	void requestWithoutHostIsNotFromTheTeacher(String request) throws IOException {
		assertThat(ask("v4", request + " HTTP/1.0\r\n\r\n").problem()).isEqualTo("only-this-machine");
	}

	/** The page must not contain words for programmers and administrators. */
	@Test
	void personAtAnotherComputerGetsAPageInsteadOfTheDashboard() throws IOException {
		Answer answer = browse("/teacher", "pt-PT");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("Content-Security-Policy")).contains("style-src 'self'", "form-action 'self'");
		assertThat(answer.body())
			.contains("<html lang=\"pt-BR\">", "só abre no computador do professor", "id=\"class\"")
			.doesNotContain("hash-password", "Swagger", "{{");
	}

	@Test
	void pathThatDoesNotExistIsAPageWithTheForm() throws IOException {
		for (String path : new String[] { "/abc", "/abc/def", "/classes", "/turma/abc" }) {
			Answer answer = browse(path, "es");
			assertThat(answer.status()).as(path).isEqualTo(404);
			assertThat(answer.body()).as(path)
				.contains("<html lang=\"es\">", "No hay ninguna página", "id=\"class\"")
				.doesNotContain("hash-password", "Swagger");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/42., /42", "/42/BCDFGH/, /42/BCDFGH", "/42/bcd-fgh., /42/BCDFGH" })
	void linkOfAClassWithATailLeadsToTheClass(String path, String target) throws IOException {
		Answer answer = browse(path, "es");
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.header("Location")).isEqualTo(target);
	}

	@ParameterizedTest
	@CsvSource({ "/42/BCDFGH, 200", "/42/bcdfgh, 200", "/42/BCDFG, 404", "/42/BCDFGH/X, 404" })
	void linkWithACodeNeedsNoLogin(String path, int status) throws IOException {
		Answer answer = browse(path, "es");
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.body()).contains("<html lang=\"es\">", "action=\"/42\"", "id=\"code\"");
	}

	/** Browsers ask for these files by themselves. */
	@ParameterizedTest
	@CsvSource({ "/robots.txt, 200", "/favicon.ico, 200", "/apple-touch-icon.png, 404",
			"/apple-touch-icon-120x120-precomposed.png, 404" })
	void filesThatBrowsersAskForNeedNoLogin(String path, int status) throws IOException {
		assertThat(ask("network", "GET " + path + " HTTP/1.0\r\nAccept: image/*,*/*\r\n\r\n").status())
			.isEqualTo(status);
	}

	/** Sends what a browser on another computer sends for an address that is typed. */
	private Answer browse(String path, String language) throws IOException {
		return ask("network", "GET " + path + " HTTP/1.0\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"
				+ "Accept-Language: " + language + "\r\n\r\n");
	}

	@Override
	String owner() {
		return "";
	}

	@Override
	String admin() {
		return "";
	}

	@Override
	String login(String name) {
		return "";
	}

	@Override
	String table() {
		return """
				# operation      | from     | headers                                        || outcome
				start            | v4       |                                                || yes
				start            | v4-other |                                                || yes
				start            | v6       |                                                || yes
				end              | v4       |                                                || yes
				end              | v6       |                                                || yes
				read             | v4       |                                                || yes
				read             | v6       |                                                || yes
				list             | v4       |                                                || yes
				upgrade          | v4       |                                                || yes
				upgrade          | v6       |                                                || yes
				subscribe        | v4       |                                                || yes
				docs             | v4       |                                                || yes
				docs-page        | v4       |                                                || yes
				metrics          | v4       |                                                || yes
				sbom             | v4       |                                                || yes
				teacher          | v4       |                                                || yes
				presence         | v4       |                                                || yes
				health           | v4       |                                                || yes
				start            | network  |                                                || 403 only-this-machine
				end              | network  |                                                || 403 only-this-machine
				read             | network  |                                                || 403 only-this-machine
				list             | network  |                                                || 403 only-this-machine
				upgrade          | network  |                                                || 403 only-this-machine
				subscribe        | network  |                                                || 403 only-this-machine
				docs             | network  |                                                || yes
				docs-yaml        | network  |                                                || yes
				docs-topic       | network  |                                                || yes
				docs-config      | network  |                                                || yes
				docs-script      | network  |                                                || yes
				docs-page        | network  |                                                || yes
				metrics          | network  |                                                || 403 only-this-machine
				sbom             | network  |                                                || 403 only-this-machine
				teacher          | network  |                                                || 403
				sneak            | network  |                                                || 400 bad-request
				sneak-parameter  | network  |                                                || 400 bad-request
				sneak-escape     | network  |                                                || 403 only-this-machine
				sneak-assets     | network  |                                                || 400 bad-request
				sneak-docs       | network  |                                                || 400 bad-request
				projector-add    | v4       |                                                || yes
				projector-close  | v4       |                                                || yes
				projector-add    | network  |                                                || 403 only-this-machine
				projector-close  | network  |                                                || 403 only-this-machine
				projector-page   | network  |                                                || yes
				projector-state  | network  |                                                || yes
				projector-dash   | network  |                                                || yes
				projector-space  | network  |                                                || yes
				projector-escape | network  |                                                || 403 only-this-machine
				projector-post   | network  |                                                || 405 method-not-allowed
				projector-delete | network  |                                                || 405 method-not-allowed
				projector-roll   | network  |                                                || 403 only-this-machine
				projector-login  | network  |                                                || 403 only-this-machine
				projector-sneak  | network  |                                                || 400 bad-request
				projector-parameter | network |                                              || 400 bad-request
				projector-page   | network  | Host: evil.example                             || 403
				projector-state  | network  | Host: evil.example                             || 403 unknown-host
				projector-post   | network  | Origin: http://evil.example                    || 403 foreign-origin
				projector-add    | v4       | Origin: http://evil.example                    || 403 foreign-origin
				projector-close  | v4       | Sec-Fetch-Site: cross-site                     || 403 foreign-origin
				presence         | network  |                                                || yes
				deadline         | network  |                                                || yes
				deadline         | network  | Host: evil.example                             || 403 unknown-host
				deadline-parameter | network |                                               || 400 bad-request
				health           | network  |                                                || yes
				start            | network  | Host: localhost:PORT                           || 403 only-this-machine
				start            | network  | Host: 127.0.0.1:PORT                           || 403 only-this-machine
				start            | network  | X-Forwarded-For: 127.0.0.1                     || 403 only-this-machine
				start            | network  | Host: localhost;;X-Forwarded-For: 127.0.0.1    || 403 only-this-machine
				start            | network  | Host: localhost;;Forwarded: for=127.0.0.1      || 403 only-this-machine
				start            | network  | Host: localhost;;X-Real-IP: 127.0.0.1          || 403 only-this-machine
				list             | network  | Host: localhost;;X-Forwarded-For: ::1          || 403 only-this-machine
				presence         | network  | X-Forwarded-For: 127.0.0.1                     || yes
				start            | v4       | X-Forwarded-For: 10.0.0.9                      || 403 only-this-machine
				end              | v4       | X-Forwarded-For: 127.0.0.1                     || 403 only-this-machine
				read             | v4       | Forwarded: for=127.0.0.1                       || 403 only-this-machine
				list             | v4       | X-Real-IP: 127.0.0.1                           || 403 only-this-machine
				list             | v4       | X-Forwarded-Host: localhost                    || 403 only-this-machine
				list             | v4       | X-Forwarded-Proto: https                       || 403 only-this-machine
				metrics          | v4       | Via: 1.1 proxy                                 || 403 only-this-machine
				docs             | v4       | Via: 1.1 proxy                                 || yes
				upgrade          | v4       | X-Forwarded-For: 127.0.0.1                     || 403 only-this-machine
				subscribe        | v6       | X-Forwarded-For: ::1                           || 403 only-this-machine
				presence         | v4       | X-Forwarded-For: 10.0.0.9                      || yes
				start            | v4       | Host: evil.example                             || 403 unknown-host
				read             | v4       | Host: evil.example:PORT                        || 403 unknown-host
				upgrade          | v4       | Host: evil.example                             || 403 unknown-host
				presence         | v4       | Host: evil.example                             || 403 unknown-host
				list             | v4       | Host: localhost.:PORT                          || 403 unknown-host
				list             | v4       | Host: localhost.evil.example                   || 403 unknown-host
				list             | v4       | Host: 127.0.0.1.evil.example                   || 403 unknown-host
				list             | v4       | Host: 127.1                                    || 403 unknown-host
				list             | v4       | Host: 2130706433                               || 403 unknown-host
				list             | v4       | Host:                                          || 403 unknown-host
				list             | v4       | Host: none                                     || 400 bad-request
				list             | v4       | Host: localhost;;Host: localhost               || 400 bad-request
				list             | v4       | Host: 192.0.2.2                                || 403 only-this-machine
				list             | v4       | Host: LOCALHOST:PORT                           || yes
				list             | v4       | Host: [::ffff:127.0.0.1]:PORT                  || yes
				start            | v4       | Host: roll.example.org                         || yes
				list        | v4      | Host: LAB_PC01:PORT        |                      | yes
				list        | v4      | Host: lab_pc01             |                      | yes
				list        | v4      | Host: EVIL_PC01            |                      | 403 unknown-host
				start       | v4      | Host: LAB_PC01:PORT;; Origin: http://LAB_PC01:PORT |  | yes
				start       | v4      | Host: LAB_PC01:PORT;; Origin: http://LAB-PC01:PORT |  | 403 foreign-origin
				subscribe   | v4      | Host: LAB_PC01:PORT;; Origin: http://lab_pc01:PORT |  | yes
				presence    | network | Host: LAB_PC01:PORT        |                      | yes
				start            | v4       | Origin: http://localhost:PORT                  || yes
				start            | v6       | Origin: http://[::1]:PORT                      || yes
				start            | v4       | Origin: http://evil.example                    || 403 foreign-origin
				start            | v4       | Origin: null                                   || 403 foreign-origin
				start            | v4       | Origin: http://localhost:1                     || 403 foreign-origin
				start            | v4       | Origin: http://localhost.evil.example:PORT     || 403 foreign-origin
				start            | v4       | Origin: http://127.0.0.1:PORT                  || 403 foreign-origin
				end              | v4       | Origin: http://evil.example                    || 403 foreign-origin
				presence         | v4       | Origin: http://evil.example                    || 403 foreign-origin
				presence         | network  | Origin: http://evil.example                    || 403 foreign-origin
				presence         | v4       | Origin: http://localhost:PORT                  || yes
				presence-text    | v4       |                                                || 415 unsupported-media-type
				upgrade          | v4       | Origin: http://localhost:PORT                  || yes
				upgrade          | v4       | Origin: http://evil.example                    || 403 foreign-origin
				upgrade          | v4       | Origin: null                                   || 403 foreign-origin
				subscribe        | v4       | Origin: http://evil.example                    || 403 foreign-origin
				read             | v4       | Origin: http://evil.example                    || 403 only-this-machine
				list             | v4       | Origin: null                                   || 403 only-this-machine
				preflight        | v4       | Origin: http://evil.example                    || 403 foreign-origin
				start            | v4       | Sec-Fetch-Site: cross-site                     || 403 foreign-origin
				start            | v4       | Sec-Fetch-Site: same-site                      || 403 foreign-origin
				start            | v4       | Sec-Fetch-Site: same-origin                    || yes
				start            | v4       | Sec-Fetch-Site: none                           || yes
				end              | v4       | Sec-Fetch-Site: cross-site                     || 403 foreign-origin
				read             | v4       | Sec-Fetch-Site: cross-site                     || 403 only-this-machine
				list             | v4       | Sec-Fetch-Site: same-site                      || 403 only-this-machine
				metrics          | v4       | Sec-Fetch-Site: cross-site                     || 403 only-this-machine
				docs             | v4       | Host: evil.example                             || 403 unknown-host
				upgrade          | v4       | Sec-Fetch-Site: cross-site                     || 403 foreign-origin
				presence         | v4       | Sec-Fetch-Site: cross-site                     || 403 foreign-origin
				presence         | network  | Sec-Fetch-Site: cross-site                     || 403 foreign-origin
				health           | network  | Sec-Fetch-Site: cross-site                     || yes
				"""
			.replace("||", "| |");
	}

}
