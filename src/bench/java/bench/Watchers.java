package bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
		while (events() < wanted && System.nanoTime() < deadline) {
			this.selector.select((key) -> ((Watcher) key.attachment()).read(), 100);
		}
		System.out.printf("%d rolls, %d students each: %d of %d events came, %d watchers lost%n", rolls, students,
				events(), wanted, this.watchers.stream().filter((watcher) -> watcher.lost).count());
	}

	private long events() {
		return this.watchers.stream().mapToLong((watcher) -> watcher.events).sum();
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
		SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", this.port));
		Watcher watcher = new Watcher(channel);
		this.watchers.add(watcher);
		watcher.send("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + this.port
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n");
		watcher.awaitBlocking("\r\n\r\n");
		watcher.sendFrame("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
		watcher.awaitBlocking("CONNECTED");
		watcher.sendFrame("SUBSCRIBE\nid:0\ndestination:" + topic + "\n\n\0");
		channel.configureBlocking(false);
		channel.register(this.selector, SelectionKey.OP_READ, watcher);
	}

	/** One socket; what it reads is only counted. */
	private static final class Watcher {

		private static final byte[] EVENT = "MESSAGE\n".getBytes(StandardCharsets.US_ASCII);

		private static final ByteBuffer BUFFER = ByteBuffer.allocate(65_536);

		private final SocketChannel channel;

		private long events;

		private int matched;

		private boolean lost;

		Watcher(SocketChannel channel) {
			this.channel = channel;
		}

		void send(String text) throws IOException {
			this.channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
		}

		/** A masked text frame; a mask of zeros leaves the text as it is. */
		void sendFrame(String text) throws IOException {
			byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
			ByteArrayOutputStream frame = new ByteArrayOutputStream();
			frame.write(0x81);
			if (payload.length < 126) {
				frame.write(0x80 | payload.length);
			}
			else {
				frame.write(0x80 | 126);
				frame.write(payload.length >> 8);
				frame.write(payload.length);
			}
			frame.write(new byte[4]);
			frame.write(payload);
			this.channel.write(ByteBuffer.wrap(frame.toByteArray()));
		}

		void awaitBlocking(String text) throws IOException {
			StringBuilder seen = new StringBuilder();
			while (seen.indexOf(text) < 0) {
				BUFFER.clear();
				if (this.channel.read(BUFFER) < 0) {
					throw new IOException("Closed after " + seen);
				}
				seen.append(StandardCharsets.ISO_8859_1.decode(BUFFER.flip()));
			}
		}

		void read() {
			try {
				BUFFER.clear();
				if (this.channel.read(BUFFER) < 0) {
					throw new IOException("Closed");
				}
				BUFFER.flip();
				while (BUFFER.hasRemaining()) {
					byte next = BUFFER.get();
					this.matched = (next == EVENT[this.matched]) ? this.matched + 1 : (next == EVENT[0]) ? 1 : 0;
					if (this.matched == EVENT.length) {
						this.events++;
						this.matched = 0;
					}
				}
			}
			catch (IOException ex) {
				this.lost = true;
			}
		}

	}

}
