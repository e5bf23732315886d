package rollcall;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A STOMP client for tests, which returns every frame as it was received.
 */
public final class StompSocket implements WebSocket.Listener, AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final BlockingQueue<String> frames;

	private final CompletableFuture<Integer> closed = new CompletableFuture<>();

	private final StringBuilder partial = new StringBuilder();

	private final Consumer<String> listener;

	private final WebSocket socket;

	private StompSocket(URI server, Map<String, String> headers, Duration patience, BlockingQueue<String> frames,
			Consumer<String> listener) {
		this.frames = frames;
		this.listener = listener;
		WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(patience).subprotocols("v12.stomp");
		headers.forEach(builder::header);
		this.socket = builder.buildAsync(URI.create("ws://" + server.getHost() + ":" + server.getPort() + "/ws"), this)
			.join();
	}

	/** Opens a socket and sends nothing yet. */
	public static StompSocket open(int port) {
		BlockingQueue<String> frames = new LinkedBlockingQueue<>();
		return new StompSocket(URI.create("http://localhost:" + port), Map.of(), Await.DEADLINE, frames, frames::add);
	}

	/**
	 * Opens a socket whose frames go to a listener, and sends nothing yet.
	 * @param server address of the server
	 * @param headers headers of the handshake
	 * @param patience the longest time for the handshake
	 * @param listener gets each frame as it arrives, and finally "CLOSED" with the close
	 * code or the error; {@link #next()} returns none of them
	 */
	public static StompSocket open(URI server, Map<String, String> headers, Duration patience,
			Consumer<String> listener) {
		return new StompSocket(server, headers, patience, new LinkedBlockingQueue<>(), listener);
	}

	/** Opens a socket and connects. */
	public static StompSocket connect(int port) {
		return connect(port, "1.2");
	}

	/** Opens a socket and connects with a version of STOMP. */
	public static StompSocket connect(int port, String version) {
		StompSocket socket = open(port);
		socket.send("CONNECT\naccept-version:" + version + "\nhost:localhost\nheart-beat:0,0\n\n\0");
		assertThat(socket.next()).startsWith("CONNECTED\n");
		return socket;
	}

	/** Subscribes and waits for the receipt. */
	public void subscribe(String destination) {
		send("SUBSCRIBE\nid:0\ndestination:" + destination + "\nreceipt:0\n\n\0");
		assertThat(next()).isEqualTo("RECEIPT\nreceipt-id:0\n\n\0");
	}

	public void send(String frame) {
		this.socket.sendText(frame, true).join();
	}

	/** Sends a frame; does nothing if the server has closed the socket. */
	public void sendIfOpen(String frame) {
		try {
			send(frame);
		}
		catch (CompletionException ex) {
			// The server closed the socket during the send.
		}
	}

	/** Waits for the next frame, or for "CLOSED" with the close code. */
	public String next() {
		try {
			String frame = this.frames.poll(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);
			assertThat(frame).as("a frame").isNotNull();
			return frame;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the next frame, null if none has arrived. */
	public String nextNow() {
		return this.frames.poll();
	}

	/** Waits until the server closes the socket, and returns the close code. */
	public int closeCode() {
		return this.closed.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
	}

	/**
	 * Opens a socket, sends messages, and returns what {@link #untilClosed()} returns.
	 */
	public static List<String> answers(int port, String... messages) {
		try (StompSocket socket = open(port)) {
			for (String message : messages) {
				socket.send(message);
			}
			return socket.untilClosed();
		}
	}

	/** Returns the commands of all frames until the server closes the socket. */
	public List<String> untilClosed() {
		List<String> frames = new ArrayList<>();
		do {
			frames.add(brief(next()));
		}
		while (!frames.get(frames.size() - 1).startsWith("CLOSED"));
		return frames;
	}

	/** Returns the command of a frame, with the id of a receipt. */
	public static String brief(String frame) {
		if (frame.startsWith("RECEIPT\n")) {
			return "RECEIPT " + header(frame, "receipt-id");
		}
		return frame.startsWith("CLOSED") ? frame : frame.substring(0, frame.indexOf('\n'));
	}

	public static String header(String frame, String name) {
		return frame.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1))
			.findFirst()
			.orElse("");
	}

	public static String bodyOf(String frame) {
		return frame.substring(frame.indexOf("\n\n") + 2, frame.lastIndexOf('\0'));
	}

	@Override
	public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
		this.partial.append(text);
		if (last) {
			this.listener.accept(this.partial.toString());
			this.partial.setLength(0);
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.closed.complete(statusCode);
		this.listener.accept("CLOSED " + statusCode);
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.closed.complete(1006);
		this.listener.accept("CLOSED by " + error);
	}

	@Override
	public void close() {
		this.socket.abort();
	}

}
