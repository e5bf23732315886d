package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many subscribers in one process. {@code idle <port> <subscribers>} subscribes to one roll and waits until the standard
 * input ends.
 * {@code busy <port> <rolls> <students>} records the students of each roll, with one subscriber for each roll, and prints
 * how many events arrived.
 */
final class Subscribers {

	private static final Pattern TOPIC = Pattern.compile("\"topic\":\"([^\"]+)\"");

	/** The longest wait for the last events. */
	private static final long PATIENCE_NANOS = 60_000_000_000L;

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port;

	private final Selector selector = Selector.open();

	private final List<Subscriber> subscribers = new ArrayList<>();

	private long events;

	private Subscribers(int port) throws IOException {
		this.port = port;
	}

	public static void main(String[] args) throws Exception {
		Subscribers subscribers = new Subscribers(Integer.parseInt(args[1]));
		int count = Integer.parseInt(args[2]);
		if (args[0].equals("idle")) {
			subscribers.idle(count);
		}
		else {
			subscribers.busy(count, Integer.parseInt(args[3]));
		}
	}

	private void idle(int count) throws Exception {
		String topic = startRoll(1);
		for (int i = 0; i < count; i++) {
			subscribe(topic);
		}
		System.out.println("subscribed");
		while (System.in.read() >= 0) {
			continue;
		}
	}

	private void busy(int rolls, int students) throws Exception {
		for (int classId = 1; classId <= rolls; classId++) {
			subscribe(startRoll(classId));
		}
		for (int student = 1; student <= students; student++) {
			for (int classId = 1; classId <= rolls; classId++) {
				post("/classes/" + classId + "/presence", "{\"studentId\":\"%09d\"}".formatted(student));
			}
			this.selector.selectNow((key) -> ((Subscriber) key.attachment()).read());
		}
		long wanted = (long) rolls * students;
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (this.events < wanted && System.nanoTime() < deadline) {
			this.selector.select((key) -> ((Subscriber) key.attachment()).read(), 100);
		}
		System.out.printf("%d rolls, %d students each: %d of %d events arrived, %d subscribers lost%n", rolls, students,
				this.events, wanted, this.subscribers.stream().filter(Subscriber::isLost).count());
	}

	private String startRoll(int classId) throws Exception {
		Matcher topic = TOPIC.matcher(post("/classes/" + classId + "/roll", ""));
		if (!topic.find()) {
			throw new IllegalStateException("Class " + classId + " has an open roll already: use an empty data folder");
		}
		return topic.group(1);
	}

	private String post(String path, String body) throws Exception {
		HttpResponse<String> answer = this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString());
		return answer.body();
	}

	private void subscribe(String topic) throws IOException {
		this.subscribers.add(new Subscriber(this.selector, this.port, topic, (studentId) -> this.events++));
	}

}
