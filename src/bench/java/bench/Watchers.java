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
 * Many watchers in one small process: {@code idle <port> <watchers>} watches one roll until its standard input ends,
 * {@code busy <port> <rolls> <students>} lets the students of each roll arrive before one watcher each. Both say what
 * came.
 */
final class Watchers {

	private static final Pattern TOPIC = Pattern.compile("\"topic\":\"([^\"]+)\"");

	/** How long the last events may take. */
	private static final long PATIENCE_NANOS = 60_000_000_000L;

	private final HttpClient http = HttpClient.newHttpClient();

	private final int port;

	private final Selector selector = Selector.open();

	private final List<Watcher> watchers = new ArrayList<>();

	private long events;

	private Watchers(int port) throws IOException {
		this.port = port;
	}

	public static void main(String[] args) throws Exception {
		Watchers watchers = new Watchers(Integer.parseInt(args[1]));
		int count = Integer.parseInt(args[2]);
		if (args[0].equals("idle")) {
			watchers.idle(count);
		}
		else {
			watchers.busy(count, Integer.parseInt(args[3]));
		}
	}

	private void idle(int count) throws Exception {
		String topic = startRoll(1);
		for (int i = 0; i < count; i++) {
			watch(topic);
		}
		System.out.println("watching");
		while (System.in.read() >= 0) {
			continue;
		}
	}

	private void busy(int rolls, int students) throws Exception {
		for (int classId = 1; classId <= rolls; classId++) {
			watch(startRoll(classId));
		}
		for (int student = 1; student <= students; student++) {
			for (int classId = 1; classId <= rolls; classId++) {
				post("/classes/" + classId + "/presence", "{\"studentId\":\"%09d\"}".formatted(student));
			}
			this.selector.selectNow((key) -> ((Watcher) key.attachment()).read());
		}
		long wanted = (long) rolls * students;
		long deadline = System.nanoTime() + PATIENCE_NANOS;
		while (this.events < wanted && System.nanoTime() < deadline) {
			this.selector.select((key) -> ((Watcher) key.attachment()).read(), 100);
		}
		System.out.printf("%d rolls, %d students each: %d of %d events came, %d watchers lost%n", rolls, students,
				this.events, wanted, this.watchers.stream().filter(Watcher::isLost).count());
	}

	private String startRoll(int classId) throws Exception {
		Matcher topic = TOPIC.matcher(post("/classes/" + classId + "/roll", ""));
		if (!topic.find()) {
			throw new IllegalStateException("Class " + classId + " has a roll already: take an empty data folder");
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

	private void watch(String topic) throws IOException {
		this.watchers.add(new Watcher(this.selector, this.port, topic, (studentId) -> this.events++));
	}

}
