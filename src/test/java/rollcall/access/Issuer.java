package rollcall.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

/**
 * An issuer of tokens with discovery and keys over HTTP, and RSA signatures.
 */
public final class Issuer implements AutoCloseable {

	public static final String AUDIENCE = "rollcall";

	static final long VALID_FOR_SECONDS = 600;

	private final HttpServer server;

	private final RSAKey key;

	private final RSAKey foreignKey;

	private volatile boolean answering = true;

	public Issuer() {
		try {
			this.key = new RSAKeyGenerator(2048).keyID("one").generate();
			// The key id is the same, so the server finds a key, but the wrong one.
			this.foreignKey = new RSAKeyGenerator(2048).keyID("one").generate();
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (JOSEException | IOException ex) {
			throw new IllegalStateException(ex);
		}
		serve("/.well-known/openid-configuration", """
				{"issuer":"%s","jwks_uri":"%s/keys","subject_types_supported":["public"]}""".formatted(url(), url()));
		serve("/keys", new JWKSet(this.key).toString());
		this.server.start();
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** Returns a token by its name in the tables of the tests. */
	public String token(String kind) {
		return switch (kind) {
			case "teacher" -> sign(this.key, claims("maria", "rollcall-teacher"));
			case "other" -> sign(this.key, claims("jose", "rollcall-teacher"));
			case "admin" -> sign(this.key, claims("dean", "rollcall-admin"));
			case "student" -> sign(this.key, claims("joao", "student"));
			case "namesake" -> sign(this.key, claims("ana", "rollcall-teacher"));
			case "nobody" -> sign(this.key, claims(null, "rollcall-teacher"));
			case "expired" -> sign(this.key, claims("maria", "rollcall-teacher").expirationTime(inSeconds(-300)));
			case "early" -> sign(this.key, claims("maria", "rollcall-teacher").notBeforeTime(inSeconds(300)));
			case "endless" -> sign(this.key, claims("maria", "rollcall-teacher").expirationTime(null));
			case "wrong-audience" -> sign(this.key, claims("maria", "rollcall-teacher").audience("library"));
			case "no-audience" -> sign(this.key, claims("maria", "rollcall-teacher").audience((String) null));
			case "wrong-issuer" -> sign(this.key, claims("maria", "rollcall-teacher").issuer("http://127.0.0.1:1"));
			case "wrong-key" -> sign(this.foreignKey, claims("maria", "rollcall-teacher"));
			case "unsigned" -> new PlainJWT(claims("maria", "rollcall-teacher").build()).serialize();
			case "garbage" -> "a.b.c";
			default -> throw new IllegalArgumentException(kind);
		};
	}

	String tokenUntil(Instant end) {
		return sign(this.key, claims("maria", "rollcall-teacher").expirationTime(Date.from(end)));
	}

	/** Sets whether the issuer answers or closes each connection. */
	public void answer(boolean answering) {
		this.answering = answering;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private JWTClaimsSet.Builder claims(@org.jspecify.annotations.Nullable String subject, String role) {
		return new JWTClaimsSet.Builder().issuer(url())
			.subject(subject)
			.audience(AUDIENCE)
			.issueTime(new Date())
			.expirationTime(inSeconds(VALID_FOR_SECONDS))
			.claim("realm_access", Map.of("roles", List.of(role, "other-role")));
	}

	private static Date inSeconds(long seconds) {
		return Date.from(Instant.now().plusSeconds(seconds));
	}

	private static String sign(RSAKey key, JWTClaimsSet.Builder claims) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
					claims.build());
			token.sign(new RSASSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void serve(String path, String json) {
		this.server.createContext(path, (exchange) -> {
			if (!this.answering) {
				exchange.close();
				return;
			}
			byte[] body = json.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

}
