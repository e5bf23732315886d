package rollcall.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import rollcall.console.Failure.ExitCode;

/**
 * Sends requests to a server, and turns I/O errors into failures with a message. Uses
 * {@link HttpURLConnection}, which starts 0.5 s faster than {@code java.net.http}.
 */
final class Http {

	private static final String PROBLEM_TYPES = "urn:rollcall:";

	/**
	 * The types of the bodies that a rollcall server sends. Others are not read, because
	 * they may have no end, such as the pictures of a camera.
	 */
	private static final List<String> BODIES = List.of("application/json", "application/problem+json", "text/csv");

	private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

	private static final int READ_TIMEOUT_MILLIS = 30_000;

	static {
		// The JDK would repeat a POST by itself when its answer is lost.
		System.setProperty("sun.net.http.retryPost", "false");
	}

	private final ServerAddress server;

	private final Map<String, String> headers;

	private final boolean reusing;

	/**
	 * A client of one server.
	 * @param server the address of the server
	 * @param headers sent with every request
	 */
	Http(ServerAddress server, Map<String, String> headers) {
		this(server, headers, true);
	}

	private Http(ServerAddress server, Map<String, String> headers, boolean reusing) {
		this.server = server;
		this.headers = headers;
		this.reusing = reusing;
	}

	/** The same client, but it closes each connection after one request. */
	Http withOwnConnections() {
		return new Http(this.server, this.headers, false);
	}

	ServerAddress server() {
		return this.server;
	}

	/** The headers of every request: the language and, if there are any, credentials. */
	Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Sends a request and reads the whole answer, whatever its status.
	 * @throws Failure if no HTTP server answers; {@link Failure.LostAnswer} if the
	 * request may have taken effect
	 */
	Answer send(String method, String path, Map<String, String> more, @Nullable String json) {
		try {
			if (method.equals(Patch.METHOD)) {
				return patch(path, more, String.valueOf(json));
			}
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
			throw timeout(ex);
		}
		catch (ProtocolException ex) {
			throw new Failure.Passing("server.no-http", this.server);
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
		if (!this.reusing) {
			connection.setRequestProperty("Connection", "close");
		}
		return connection;
	}

	private Answer patch(String path, Map<String, String> more, String json) throws IOException {
		Map<String, String> all = new HashMap<>(this.headers);
		all.putAll(more);
		URI uri = this.server.withKnownHost(this.server.resolve(path).toString());
		HttpResponse<byte[]> answer = Patch.send(uri, all, json);
		String type = answer.headers().firstValue("Content-Type").orElse("");
		return new Answer(answer.statusCode(), type, 0, answer.body());
	}

	/**
	 * Writes the body. It is not streamed, because the JDK drops the body of a 401 to a
	 * streamed request, and only the body tells whose answer it is.
	 */
	private static void write(HttpURLConnection connection, String json) throws IOException {
		connection.setDoOutput(true);
		connection.setRequestProperty("Content-Type", "application/json");
		try (OutputStream out = connection.getOutputStream()) {
			out.write(json.getBytes(StandardCharsets.UTF_8));
		}
	}

	private Answer read(HttpURLConnection connection) throws IOException {
		int status = status(connection);
		String type = (connection.getContentType() != null) ? connection.getContentType() : "";
		try (InputStream in = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
			byte[] body = (in != null && BODIES.stream().anyMatch(type::startsWith)) ? in.readAllBytes() : new byte[0];
			return new Answer(status, type, connection.getDate(), body);
		}
	}

	/** The JDK throws unchecked exceptions too, for example at an empty header. */
	private static int status(HttpURLConnection connection) throws IOException {
		try {
			int status = connection.getResponseCode();
			if (status >= 0) {
				return status;
			}
		}
		catch (RuntimeException ex) {
			// Reported below, like every other text that is not HTTP.
		}
		throw new ProtocolException("Not HTTP");
	}

	/** If the connection was open, the request may have taken effect. */
	private Failure timeout(SocketTimeoutException ex) {
		boolean connected = !String.valueOf(ex.getMessage()).toLowerCase(Locale.ROOT).startsWith("connect");
		return connected ? new Failure.LostAnswer("server.silent", this.server)
				: new Failure(ExitCode.UNREACHABLE, "server.off", this.server);
	}

	/**
	 * An HTTP answer.
	 *
	 * @param status the HTTP status
	 * @param type the media type; empty if the answer has none
	 * @param date the server's time in milliseconds, whole seconds; 0 if the answer has
	 * none
	 * @param body the unchanged bytes
	 */
	@SuppressWarnings("ArrayRecordComponent") // Answers are not compared.
	record Answer(int status, String type, long date, byte[] body) {

		/**
		 * The code of a rollcall server's problem, such as {@code no-open-roll}. Empty
		 * for any other answer, such as a 404 of another program.
		 */
		String problem() {
			String type = problemText("type");
			return type.startsWith(PROBLEM_TYPES) ? type.substring(PROBLEM_TYPES.length()) : "";
		}

		/** A text member of a problem; empty if it is missing. */
		String problemText(String name) {
			return this.type.startsWith("application/problem+json") ? Json.text(this.body, name) : "";
		}

		/** Whether the request succeeded and the body has this media type. */
		boolean isSuccess(String mediaType) {
			return this.status >= 200 && this.status < 300 && this.type.startsWith(mediaType);
		}

	}

}
