package rollcall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An HTTP client for the tested server.
 */
public final class Http {

	private static final JsonMapper JSON = new JsonMapper();

	private static final AtomicLong CLASS_IDS = new AtomicLong(1_000);

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port;

	public Http(int port) {
		this.port = port;
	}

	/** The id of a class that no other test uses. */
	public static long newClassId() {
		return CLASS_IDS.incrementAndGet();
	}

	public Answer get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	public Answer delete(String path, String... headers) {
		return send("DELETE", path, null, headers);
	}

	public Answer start(long classId) {
		return send("POST", "/classes/" + classId + "/roll", null);
	}

	/** Sends the presence of a student. */
	public Answer present(long classId, String studentId) {
		return sendJson("/classes/" + classId + "/presence", "{\"studentId\": \"" + studentId + "\"}");
	}

	/** Sends the status that the teacher gives a student. */
	public Answer mark(long classId, String studentId, String status) {
		return send("PUT", "/classes/" + classId + "/roll/students/" + studentId, "{\"status\": \"" + status + "\"}",
				"Content-Type", "application/json");
	}

	/** Changes when students are late and when the roll ends by itself. */
	public Answer setTimes(long classId, String times) {
		return send("PATCH", "/classes/" + classId + "/roll", times, "Content-Type", "application/json");
	}

	public Answer sendJson(String path, String body, String... headers) {
		return await(CLIENT.sendAsync(request("POST", path, BodyPublishers.ofString(body), headers)
			.setHeader("Content-Type", "application/json")
			.build(), BodyHandlers.ofByteArray()));
	}

	/** Sends a request; headers are given as name, value, name, value and so on. */
	public Answer send(String method, String path, String body, String... headers) {
		return await(sendAsync(method, path, body, headers));
	}

	/** Sends a request and does not wait for the answer. */
	public CompletableFuture<HttpResponse<byte[]>> sendAsync(String method, String path, String body,
			String... headers) {
		return CLIENT.sendAsync(
				request(method, path, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody(), headers)
					.build(),
				BodyHandlers.ofByteArray());
	}

	/** Sends a body in chunks, so without its length. */
	public Answer sendChunked(String path, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return await(CLIENT.sendAsync(
				request("POST", path, BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes)),
						"Content-Type", "application/json")
					.build(),
				BodyHandlers.ofByteArray()));
	}

	/**
	 * Sends bytes that need not be valid HTTP.
	 * @param request the bytes, one for each character
	 * @return all bytes of the answer until the server closes the connection, as UTF-8
	 */
	public String raw(String request) {
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout((int) Await.DEADLINE.toMillis());
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			InputStream answer = socket.getInputStream();
			return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.port;
	}

	public static Answer await(CompletableFuture<HttpResponse<byte[]>> response) {
		HttpResponse<byte[]> answer = response.join();
		return new Answer(answer.statusCode(), answer);
	}

	private HttpRequest.Builder request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.timeout(Await.DEADLINE)
			.method(method, body);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return request;
	}

	/** An answer with its status and body. */
	public record Answer(int status, HttpResponse<byte[]> response) {

		public Optional<String> header(String name) {
			return this.response.headers().firstValue(name);
		}

		public String text() {
			return new String(this.response.body(), StandardCharsets.UTF_8);
		}

		public JsonNode json() {
			return JSON.readTree(this.response.body());
		}

		public String member(String name) {
			return json().path(name).asString();
		}

		/** The names of the members, in order. */
		public List<String> members() {
			return List.copyOf(json().propertyNames());
		}

	}

}
