package bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures the time from a student's POST to the subscriber's frame. Arguments:
 * {@code <rolls> <subscribers of each> <presences a second> <seconds> <rounds> <node> <other node>},
 * a node as {@code <port>/<process id>}. The students post to the first node; in each
 * round the subscribers are first at the same node, then at the other node.
 */
final class Latency {

	private static final Pattern TOPIC = Pattern.compile("\"topic\":\"([^\"]+)\"");

	private static final String LENGTH = "Content-Length:";

	private static final int POSTERS = 16;

	/** The longest wait for the last frames. */
	private static final long PATIENCE_NANOS = 10_000_000_000L;

	private final HttpClient http = HttpClient.newHttpClient();

	private final int rolls;

	private final int subscribersOfEach;

	private final long pauseNanos;

	private final int presences;

	private final int postPort;

	private final List<String> topics = new ArrayList<>();

	private int run;

	private Latency(int rolls, int subscribersOfEach, double rate, double seconds, int postPort) {
		this.rolls = rolls;
		this.subscribersOfEach = subscribersOfEach;
		this.pauseNanos = (long) (1e9 / rate);
		this.presences = (int) (rate * seconds);
		this.postPort = postPort;
	}

	public static void main(String[] args) throws Exception {
		int rounds = Integer.parseInt(args[4]);
		List<Node> nodes = List.of(Node.of(args[5]), Node.of(args[6]));
		Latency latency = new Latency(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Double.parseDouble(args[2]),
				Double.parseDouble(args[3]), nodes.get(0).port());
		latency.startRolls();
		List<Result> results = List.of(new Result("the same node"), new Result("another node"));
		for (int round = 0; round <= rounds; round++) {
			for (int where = 0; where < nodes.size(); where++) {
				// The first round warms the JVMs up.
				latency.measure(nodes.get(where), (round == 0) ? new Result("warm-up") : results.get(where));
			}
		}
		latency.endRolls();
		results.forEach(Result::print);
		System.out.printf("another node adds %.1f ms to the median%n", results.get(1).median() - results.get(0).median());
	}

	private void measure(Node node, Result result) throws Exception {
		this.run++;
		// The time of each POST, and the number of frames that have arrived for it.
		AtomicLongArray posted = new AtomicLongArray(this.presences);
		int[] came = new int[this.presences];
		long[] took = new long[this.presences * this.subscribersOfEach];
		long[] last = new long[this.presences];
		int[] frames = new int[1];
		String mark = this.run + "-";
		try (Selector selector = Selector.open()) {
			List<Subscriber> subscribers = new ArrayList<>();
			for (int i = 0; i < this.rolls * this.subscribersOfEach; i++) {
				subscribers.add(new Subscriber(selector, node.port(), this.topics.get(i % this.rolls), (studentId) -> {
					if (studentId.startsWith(mark) && frames[0] < took.length) {
						int number = Integer.parseInt(studentId.substring(mark.length()));
						long nanos = System.nanoTime() - posted.get(number);
						took[frames[0]++] = nanos;
						if (++came[number] == this.subscribersOfEach) {
							last[number] = nanos;
						}
					}
				}));
			}
			// Without a receipt header the server does not confirm a subscription.
			TimeUnit.SECONDS.sleep(1);
			Duration cpu = node.cpu();
			long begin = System.nanoTime() + 10_000_000;
			List<Thread> posters = new ArrayList<>();
			for (int i = 0; i < Math.min(POSTERS, this.presences); i++) {
				int first = i;
				Thread poster = new Thread(() -> post(first, begin, mark, posted));
				posters.add(poster);
				poster.start();
			}
			long deadline = begin + this.presences * this.pauseNanos + PATIENCE_NANOS;
			while (frames[0] < took.length && System.nanoTime() < deadline) {
				selector.select((key) -> ((Subscriber) key.attachment()).read(), 100);
			}
			long end = System.nanoTime();
			for (Thread poster : posters) {
				poster.join();
			}
			for (Subscriber subscriber : subscribers) {
				subscriber.close();
			}
			result.add(Arrays.copyOf(took, frames[0]), last, this.subscribersOfEach,
					this.presences / ((end - begin) / 1e9), node.cpu().minus(cpu));
		}
	}

	/** Posts its share of the presences, each at its due time, on one kept-alive connection. */
	private void post(int first, long begin, String mark, AtomicLongArray posted) {
		try (Socket socket = new Socket("127.0.0.1", this.postPort)) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout(12_000);
			InputStream answers = new BufferedInputStream(socket.getInputStream());
			for (int i = first; i < this.presences; i += POSTERS) {
				long wait = begin + i * this.pauseNanos - System.nanoTime();
				if (wait > 0) {
					TimeUnit.NANOSECONDS.sleep(wait);
				}
				String body = "{\"studentId\":\"" + mark + i + "\"}";
				byte[] request = ("POST /classes/" + classId(i % this.rolls)
						+ "/presence HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
						+ body.length() + "\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII);
				posted.set(i, System.nanoTime());
				socket.getOutputStream().write(request);
				skipAnswer(answers);
			}
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Skips an answer with a length, or in chunks, of which the last is empty. */
	private static void skipAnswer(InputStream answers) throws IOException {
		long length = -1;
		for (String line = line(answers); !line.isEmpty(); line = line(answers)) {
			if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
				length = Long.parseLong(line.substring(LENGTH.length()).strip());
			}
		}
		if (length >= 0) {
			answers.skipNBytes(length);
			return;
		}
		do {
			length = Long.parseLong(line(answers), 16);
			answers.skipNBytes(length);
			line(answers);
		}
		while (length > 0);
	}

	private static String line(InputStream answers) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = answers.read(); next != '\n'; next = answers.read()) {
			if (next < 0) {
				throw new IOException("Closed");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	private void startRolls() throws Exception {
		for (int roll = 0; roll < this.rolls; roll++) {
			String answer = send("POST", roll);
			Matcher topic = TOPIC.matcher(answer);
			if (!topic.find()) {
				throw new IllegalStateException(answer);
			}
			this.topics.add(topic.group(1));
		}
	}

	private void endRolls() throws Exception {
		for (int roll = 0; roll < this.rolls; roll++) {
			send("DELETE", roll);
		}
	}

	private String send(String method, int roll) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + this.postPort + "/classes/" + classId(roll) + "/roll");
		HttpResponse<String> answer = this.http
			.send(HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
		return answer.body();
	}

	/** Different from the classes of the other measurements. */
	private static long classId(int roll) {
		return 1_000_000 + roll;
	}

	private record Node(int port, ProcessHandle process) {

		static Node of(String text) {
			String[] parts = text.split("/");
			return new Node(Integer.parseInt(parts[0]), ProcessHandle.of(Long.parseLong(parts[1])).orElseThrow());
		}

		Duration cpu() {
			return this.process.info().totalCpuDuration().orElseThrow();
		}

	}

	/** The results of all rounds with one node. */
	private static final class Result {

		private final String name;

		private final List<long[]> frames = new ArrayList<>();

		private final List<long[]> lasts = new ArrayList<>();

		private long wanted;

		private double rate;

		private int subscribers;

		private Duration cpu = Duration.ZERO;

		Result(String name) {
			this.name = name;
		}

		void add(long[] took, long[] last, int subscribers, double rate, Duration cpu) {
			this.frames.add(took);
			this.lasts.add(last);
			this.wanted += (long) last.length * subscribers;
			this.subscribers = subscribers;
			this.rate = rate;
			this.cpu = this.cpu.plus(cpu);
		}

		double median() {
			return at(sorted(this.frames), 0.5);
		}

		void print() {
			long[] all = sorted(this.frames);
			System.out.printf("%-14s median %5.1f ms, p99 %6.1f ms", this.name, at(all, 0.5), at(all, 0.99));
			if (this.subscribers > 1) {
				long[] last = sorted(this.lasts);
				System.out.printf("; the last of %d: median %5.1f ms, p99 %6.1f ms", this.subscribers, at(last, 0.5),
						at(last, 0.99));
			}
			System.out.printf(" (%d of %d frames, %.0f presences/s; the node's CPU for a frame: %.0f µs)%n", all.length,
					this.wanted, this.rate, this.cpu.toNanos() / 1e3 / all.length);
		}

		private static long[] sorted(List<long[]> rounds) {
			return rounds.stream().flatMapToLong(Arrays::stream).sorted().toArray();
		}

		private static double at(long[] sorted, double share) {
			return (sorted.length == 0) ? Double.NaN
					: sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
		}

	}

}
