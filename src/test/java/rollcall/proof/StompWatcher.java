package rollcall.proof;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import rollcall.Await;
import rollcall.StompSocket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A subscriber of a roll's topic that collects its events. It shares no code with the
 * server.
 */
final class StompWatcher implements AutoCloseable {

	/** A roll that a planted fault has erased never sends its end. */
	private static final long ENDED_WITHIN_SECONDS = 20;

	/**
	 * The server sends at least a heart-beat every 1.25 s. After a silence that is much
	 * longer, its node is paused or the connection is lost.
	 */
	private static final Duration SILENCE = Duration.ofSeconds(5);

	private static final String HEART_BEAT = "\n";

	private static final JsonMapper JSON = new JsonMapper();

	private final String rollId;

	private final List<Watch.Event> events = new ArrayList<>();

	private final CompletableFuture<Void> connected = new CompletableFuture<>();

	private final CompletableFuture<Void> subscribed = new CompletableFuture<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	private final StompSocket socket;

	private @Nullable String trouble;

	private int closeCode;

	private volatile long heardAt = System.nanoTime();

	private StompWatcher(URI base, String rollId, Duration patience) {
		this.rollId = rollId;
		Map<String, String> headers = HttpConnection.login(base)
			.map((login) -> Map.of("Authorization", login))
			.orElse(Map.of());
		this.socket = StompSocket.open(base, headers, patience, this::received);
	}

	/** Connects and subscribes. It receives all events committed afterwards. */
	static StompWatcher of(URI base, String rollId) {
		return of(base, rollId, Await.DEADLINE);
	}

	/**
	 * Connects and subscribes. It receives all events committed afterwards.
	 * @param patience the longest time for each step
	 * @throws CompletionException if no node answers in time
	 */
	static StompWatcher of(URI base, String rollId, Duration patience) {
		StompWatcher watcher = new StompWatcher(base, rollId, patience);
		try {
			watcher.send("CONNECT", "accept-version:1.2", "host:" + base.getHost(), "heart-beat:0,1000");
			watcher.connected.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
			watcher.send("SUBSCRIBE", "id:0", "destination:/topic/rolls." + rollId, "receipt:0");
			watcher.subscribed.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
			return watcher;
		}
		catch (CompletionException ex) {
			watcher.close();
			throw ex;
		}
	}

	private void send(String command, String... headers) {
		this.socket.send(command + "\n" + String.join("\n", headers) + "\n\n\0");
	}

	private void received(String frame) {
		this.heardAt = System.nanoTime();
		if (frame.equals(HEART_BEAT)) {
			return;
		}
		switch (frame.substring(0, frame.indexOf((frame.startsWith("CLOSED")) ? ' ' : '\n'))) {
			case "CONNECTED" -> this.connected.complete(null);
			case "RECEIPT" -> this.subscribed.complete(null);
			case "MESSAGE" -> event(JSON.readTree(StompSocket.bodyOf(frame)));
			case "CLOSED" -> closed(frame);
			default -> fail(frame);
		}
	}

	private synchronized void closed(String how) {
		if (how.matches("CLOSED [0-9]+")) {
			this.closeCode = Integer.parseInt(how.substring("CLOSED ".length()));
		}
		fail(how);
	}

	private synchronized void event(JsonNode body) {
		Watch.Event event = Watch.Event.read(body, System.nanoTime());
		this.events.add(event);
		if (event.ended()) {
			this.ended.countDown();
		}
	}

	private synchronized void fail(String why) {
		this.trouble = why;
		this.connected.completeExceptionally(new IllegalStateException(why));
		this.subscribed.completeExceptionally(new IllegalStateException(why));
	}

	synchronized int seen() {
		return this.events.size();
	}

	synchronized @Nullable String trouble() {
		return this.trouble;
	}

	/** Whether its socket is closed, or nothing has arrived for a long time. */
	boolean isBroken() {
		return trouble() != null || System.nanoTime() - this.heardAt > SILENCE.toNanos();
	}

	/** The close code of the other side, 0 if it has not closed. */
	synchronized int closeCode() {
		return this.closeCode;
	}

	/** Waits for the event of the end. */
	boolean awaitEnded() {
		try {
			return this.ended.await(ENDED_WITHIN_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	boolean hasEnded() {
		return this.ended.getCount() == 0;
	}

	/** The events after the first ones. */
	synchronized List<Watch.Event> seenAfter(int count) {
		return List.copyOf(this.events.subList(count, this.events.size()));
	}

	/** All events so far. */
	synchronized Watch watch(boolean calm) {
		return new Watch(this.rollId, calm, List.copyOf(this.events));
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
