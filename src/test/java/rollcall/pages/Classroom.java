package rollcall.pages;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One class of its own for each test, with what happens to it besides the browser: other
 * teachers' and students' requests over HTTP.
 */
class Classroom {

	private static final AtomicLong NEXT_ID = new AtomicLong(4_200);

	private static final HttpClient http = HttpClient.newHttpClient();

	final long id = NEXT_ID.incrementAndGet();

	private final String server;

	Classroom(int port) {
		this.server = "http://localhost:" + port;
	}

	/** Opens the roll and gives its id. */
	String start() {
		HttpResponse<String> started = send(request("/roll").POST(BodyPublishers.noBody()));
		assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
		return started.headers().firstValue("ETag").orElseThrow().replace("\"", "");
	}

	HttpResponse<String> end() {
		return send(request("/roll").DELETE());
	}

	String csvOf(String rollId, String language) {
		return send(request("/roll").DELETE()
			.header("If-Match", '"' + rollId + '"')
			.header("Accept", "text/csv")
			.header("Accept-Language", language)).body();
	}

	/** Sends that many students at once, and waits until the last one is recorded. */
	List<String> arrive(String prefix, int count) {
		List<String> students = IntStream.rangeClosed(1, count).mapToObj((i) -> prefix + i).toList();
		List<CompletableFuture<HttpResponse<String>>> answers = students.stream()
			.map((student) -> http.sendAsync(presence(student).build(), BodyHandlers.ofString()))
			.toList();
		for (CompletableFuture<HttpResponse<String>> answer : answers) {
			assertThat(answer.join().body()).contains("\"classId\":" + this.id);
		}
		return students;
	}

	String current() {
		return send(request("/roll").GET()).body();
	}

	/** Sends the plain form of the student's page. */
	static HttpResponse<String> post(int port, String classId, String studentId) {
		String form = "class=" + URLEncoder.encode(classId, StandardCharsets.UTF_8) + "&studentId="
				+ URLEncoder.encode(studentId, StandardCharsets.UTF_8);
		return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form)));
	}

	static HttpResponse<String> get(int port, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	private HttpRequest.Builder presence(String student) {
		return request("/presence").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"studentId\":\"" + student + "\"}"));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.server + "/classes/" + this.id + path));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
