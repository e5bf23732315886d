package rollcall.console;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

/**
 * Sends PATCH requests, which {@link java.net.HttpURLConnection} refuses. Only then
 * {@code java.net.http} is loaded, because that takes 0.3 s.
 */
final class Patch {

	static final String METHOD = "PATCH";

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private Patch() {
	}

	/**
	 * Sends a request and reads the whole answer.
	 * @throws IOException the same exceptions as HttpURLConnection
	 */
	static HttpResponse<byte[]> send(URI uri, Map<String, String> headers, String json) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.timeout(TIMEOUT)
			.method(METHOD, BodyPublishers.ofString(json))
			.header("Content-Type", "application/json");
		headers.forEach(request::header);
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT_TIMEOUT)
			.build();
		try {
			return client.send(request.build(), BodyHandlers.ofByteArray());
		}
		catch (HttpConnectTimeoutException ex) {
			throw new ConnectException(ex.getMessage());
		}
		catch (HttpTimeoutException ex) {
			throw new SocketTimeoutException(ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
