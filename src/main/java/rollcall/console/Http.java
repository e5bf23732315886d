package rollcall.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Sends one request and says in plain words what went wrong. Uses
 * {@link HttpURLConnection}, which starts half a second faster than
 * {@code java.net.http}.
 */
final class Http {

	private static final String PROBLEMS = "urn:rollcall:";

	private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

	private static final int READ_TIMEOUT_MILLIS = 30_000;

	private final ServerAddress server;

	private final Map<String, String> headers;

	/**
	 * Requests to one server.
	 * @param server where it is
	 * @param headers sent with every request
	 */
	Http(ServerAddress server, Map<String, String> headers) {
		this.server = server;
		this.headers = headers;
	}

	ServerAddress server() {
		return this.server;
	}

	/**
	 * Sends a request and reads the whole answer, whatever its status.
	 * @throws Failure if there is no HTTP server; {@link Failure.LostAnswer} if the
	 * request may have been carried out all the same
	 */
	Answer send(String method, String path, Map<String, String> more, @Nullable String json) {
		try {
			HttpURLConnection connection = open(method, path, more);
			if (json != null) {
				write(connection, json);
			}
			return read(connection);
		}
		catch (UnknownHostException ex) {
			throw new Failure(ExitCode.UNREACHABLE, "server.unknown", this.server, this.server.base().getHost());
		}
		catch (ConnectException | NoRouteToHostException ex) {
			throw new Failure(ExitCode.UNREACHABLE, "server.off", this.server);
		}
		catch (SSLException ex) {
			throw new Failure(ExitCode.UNREACHABLE, "server.tls", this.server, String.valueOf(ex.getMessage()));
		}
		catch (SocketTimeoutException ex) {
			throw silence(ex);
		}
		catch (ProtocolException ex) {
			throw new Failure(ExitCode.SERVER_ERROR, "server.other", this.server);
		}
		catch (IOException ex) {
			throw new Failure.LostAnswer("server.lost", this.server);
		}
	}

	private HttpURLConnection open(String method, String path, Map<String, String> more) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) this.server.resolve(path).toURL().openConnection();
		connection.setRequestMethod(method);
		connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
		connection.setReadTimeout(READ_TIMEOUT_MILLIS);
		connection.setInstanceFollowRedirects(false);
		this.headers.forEach(connection::setRequestProperty);
		more.forEach(connection::setRequestProperty);
		return connection;
	}

	/** A body of fixed length also keeps the JDK from sending a POST twice by itself. */
	private static void write(HttpURLConnection connection, String json) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		connection.setDoOutput(true);
		connection.setRequestProperty("Content-Type", "application/json");
		connection.setFixedLengthStreamingMode(body.length);
		try (OutputStream out = connection.getOutputStream()) {
			out.write(body);
		}
	}

	private Answer read(HttpURLConnection connection) throws IOException {
		int status = connection.getResponseCode();
		if (status < 0) {
			throw new ProtocolException("Not HTTP");
		}
		String type = connection.getContentType();
		try (InputStream in = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
			byte[] body = (in != null) ? in.readAllBytes() : new byte[0];
			return new Answer(status, (type != null) ? type : "", body);
		}
	}

	/** Before the connection nothing can have happened; after it, anything. */
	private Failure silence(SocketTimeoutException ex) {
		boolean connected = !String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
		return connected ? new Failure.LostAnswer("server.silent", this.server)
				: new Failure(ExitCode.UNREACHABLE, "server.off", this.server);
	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status
	 * @param type the media type, empty if none was said
	 * @param body the bytes as they came
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Answer(int status, String type, byte[] body) {

		/**
		 * The machine code of a rollcall server's problem, such as {@code no-open-roll}.
		 * Empty for anything else: another program's 404 tells nothing about rolls.
		 */
		String problem() {
			String type = problemText("type");
			return type.startsWith(PROBLEMS) ? type.substring(PROBLEMS.length()) : "";
		}

		/** A member of a problem, empty if it is not there. */
		String problemText(String name) {
			if (!this.type.startsWith("application/problem+json")) {
				return "";
			}
			try {
				return Objects.requireNonNullElse(Fields.read(this.body).optionalText(name), "");
			}
			catch (Fields.UnexpectedJson ex) {
				return "";
			}
		}

		boolean isJson() {
			return this.type.startsWith("application/json");
		}

		/** Overload and restarts: the same request may do better in a moment. */
		boolean isPassing() {
			return this.status == 502 || this.status == 503 || this.status == 504;
		}

	}

}
