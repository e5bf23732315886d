package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how much erasing delays presences. Arguments: {@code <port> <presences in open rolls> <students of a sheet>
 * <presences a second> <seconds> <rounds>}. Each round measures first without erasing, then while one roll ends each
 * second. The server must keep sheets for one second.
 */
final class Erasing {

	private static final int SENDERS = 16;

	private static final int STUDENTS_OF_A_ROLL = 9_000;

	private final HttpClient http = HttpClient.newHttpClient();

	private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

	private final int port;

	private final int studentsOfASheet;

	private final int rate;

	private final int seconds;

	private int students;

	private int sheets = 1_000_000;

	private Erasing(int port, int studentsOfASheet, int rate, int seconds) {
		this.port = port;
		this.studentsOfASheet = studentsOfASheet;
		this.rate = rate;
		this.seconds = seconds;
	}

	public static void main(String[] args) throws Exception {
		int open = Integer.parseInt(args[1]);
		int rounds = Integer.parseInt(args[5]);
		Erasing erasing = new Erasing(Integer.parseInt(args[0]), Integer.parseInt(args[2]), Integer.parseInt(args[3]),
				Integer.parseInt(args[4]));
		for (int classId = 1; classId <= Math.max(1, open / STUDENTS_OF_A_ROLL); classId++) {
			erasing.fill(classId, Math.min(open, STUDENTS_OF_A_ROLL));
		}
		erasing.send("POST", 999, "roll", "");
		double[] ratios = new double[rounds];
		for (int round = 0; round <= rounds; round++) {
			long[] quiet = erasing.measure(false);
			long[] erased = erasing.measure(true);
			if (round > 0) { // The first round warms the JVM up.
				ratios[round - 1] = (double) at(erased, 0.99) / at(quiet, 0.99);
				System.out.printf(
						"round %d: without erasing median %.1f ms, p99 %.1f, worst %.1f; with erasing %.1f, %.1f, %.1f; ratio of p99 %.2f%n",
						round, at(quiet, 0.5) / 1e6, at(quiet, 0.99) / 1e6, at(quiet, 1) / 1e6, at(erased, 0.5) / 1e6,
						at(erased, 0.99) / 1e6, at(erased, 1) / 1e6, ratios[round - 1]);
			}
		}
		Arrays.sort(ratios);
		System.out.printf("median ratio of p99: %.2f%n", ratios[rounds / 2]);
		erasing.senders.shutdown();
	}

	/** Sends presences at a fixed rate; returns their sorted times in ns, each from the moment at which it was due. */
	private long[] measure(boolean ending) throws Exception {
		int first = this.sheets;
		for (int i = 0; i < this.seconds; i++) {
			fill(this.sheets++, this.studentsOfASheet);
		}
		TimeUnit.SECONDS.sleep(3);
		long[] took = new long[this.rate * this.seconds];
		AtomicInteger next = new AtomicInteger();
		int base = this.students;
		this.students += took.length;
		long begin = System.nanoTime();
		for (int i = 0; i < SENDERS; i++) {
			this.senders.submit(() -> {
				for (int n = next.getAndIncrement(); n < took.length; n = next.getAndIncrement()) {
					long due = begin + n * 1_000_000_000L / this.rate;
					TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
					present(999, "p" + (base + n));
					took[n] = System.nanoTime() - due;
				}
				return null;
			});
		}
		for (int second = 0; second < this.seconds; second++) {
			TimeUnit.NANOSECONDS.sleep(begin + second * 1_000_000_000L - System.nanoTime());
			if (ending) {
				send("DELETE", first + second, "roll", "");
			}
		}
		while (Arrays.stream(took).anyMatch((nanos) -> nanos == 0)) {
			TimeUnit.MILLISECONDS.sleep(20);
		}
		for (int i = first; !ending && i < this.sheets; i++) {
			send("DELETE", i, "roll", "");
		}
		send("DELETE", 999, "roll", "");
		send("POST", 999, "roll", "");
		TimeUnit.SECONDS.sleep(4); // Until the sheets are erased.
		Arrays.sort(took);
		return took;
	}

	private void fill(int classId, int count) throws Exception {
		send("POST", classId, "roll", "");
		AtomicInteger next = new AtomicInteger();
		ExecutorService crowd = Executors.newFixedThreadPool(SENDERS);
		for (int i = 0; i < SENDERS; i++) {
			crowd.submit(() -> {
				for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
					present(classId, "s" + Integer.toHexString(n * 0x9E3779B1));
				}
				return null;
			});
		}
		crowd.shutdown();
		crowd.awaitTermination(10, TimeUnit.MINUTES);
	}

	private void present(int classId, String studentId) throws Exception {
		String answer = send("POST", classId, "presence", "{\"studentId\":\"" + studentId + "\"}");
		if (!answer.startsWith("{\"classId\":" + classId)) {
			throw new IOException(answer);
		}
	}

	private String send(String method, int classId, String what, String body) throws Exception {
		HttpResponse<String> answer = this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/classes/" + classId + "/" + what))
				.header("Content-Type", "application/json")
				.method(method, BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString());
		return answer.body();
	}

	private static long at(long[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
	}

}
