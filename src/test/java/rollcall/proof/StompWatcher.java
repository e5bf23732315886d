package rollcall.proof;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import rollcall.Await;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One subscriber of a roll's topic. It implements the necessary part of STOMP 1.2 on the
 * JDK's WebSocket, so that it shares no code with the server.
 */
final class StompWatcher implements AutoCloseable, WebSocket.Listener {

	/** A roll that a planted fault has erased never sends its end. */
	private static final long ENDED_WITHIN_SECONDS = 60;

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = new JsonMapper();

	private final String rollId;

	private final List<Watch.Event> events = new ArrayList<>();

	private final StringBuilder partial = new StringBuilder();

	private final CompletableFuture<Void> connected = new CompletableFuture<>();

	private final CompletableFuture<Void> subscribed = new CompletableFuture<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	private final WebSocket socket;

	private @Nullable String trouble;

	private int closeCode;

	private StompWatcher(URI base, String rollId) {
		this.rollId = rollId;
		WebSocket.Builder builder = CLIENT.newWebSocketBuilder().subprotocols("v12.stomp");
		HttpConnection.login(base).ifPresent((login) -> builder.header("Authorization", login));
		this.socket = builder.buildAsync(URI.create("ws://" + base.getHost() + ":" + base.getPort() + "/ws"), this)
			.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)
			.join();
	}

	/** Connects and subscribes. It receives all events committed afterwards. */
	static StompWatcher of(URI base, String rollId) {
		StompWatcher watcher = new StompWatcher(base, rollId);
		watcher.send("CONNECT", "accept-version:1.2", "host:" + base.getHost(), "heart-beat:0,0");
		watcher.connected.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
		watcher.send("SUBSCRIBE", "id:0", "destination:/topic/rolls." + rollId, "receipt:0");
		watcher.subscribed.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
		return watcher;
	}

	private void send(String command, String... headers) {
		this.socket.sendText(command + "\n" + String.join("\n", headers) + "\n\n\0", true).join();
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.partial.append(data);
		for (int end = this.partial.indexOf("\0"); end >= 0; end = this.partial.indexOf("\0")) {
			frame(this.partial.substring(0, end).stripLeading());
			this.partial.delete(0, end + 1);
		}
		webSocket.request(1);
		return null;
	}

	private void frame(String frame) {
		int head = frame.indexOf("\n\n");
		String command = frame.substring(0, frame.indexOf('\n')).strip();
		switch (command) {
			case "CONNECTED" -> this.connected.complete(null);
			case "RECEIPT" -> this.subscribed.complete(null);
			case "MESSAGE" -> event(JSON.readTree(frame.substring(head + 2)));
			default -> fail(frame);
		}
	}

	private synchronized void event(JsonNode body) {
		Watch.Event event = new Watch.Event(body.required("type").stringValue(), body.required("classId").longValue(),
				body.required("rollId").stringValue(), body.required("seq").longValue(),
				body.path("studentId").asString(""), Instants.read(body.required("at").stringValue()),
				System.nanoTime());
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

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		fail(error.toString());
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		synchronized (this) {
			this.closeCode = statusCode;
		}
		fail("closed with " + statusCode + " " + reason);
		return null;
	}

	synchronized int seen() {
		return this.events.size();
	}

	synchronized @Nullable String trouble() {
		return this.trouble;
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
		this.socket.abort();
	}

}
