package bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A minimal STOMP subscriber: thousands of them share one thread and one buffer. It does
 * not parse frames, it only searches the bytes for student ids.
 */
final class Subscriber {

	private static final byte[] STUDENT = "\"studentId\":\"".getBytes(StandardCharsets.US_ASCII);

	private static final ByteBuffer BUFFER = ByteBuffer.allocate(65_536);

	private final SocketChannel channel;

	private final Consumer<String> arrivals;

	private final StringBuilder studentId = new StringBuilder();

	private int matched;

	private boolean lost;

	/**
	 * Connects and subscribes.
	 * @param selector the selector that it registers with; call {@link #read()} when its
	 * key is selected
	 * @param port the port of the server on this machine
	 * @param topic the topic of the roll
	 * @param arrivals gets the id of every student who arrives
	 */
	Subscriber(Selector selector, int port, String topic, Consumer<String> arrivals) throws IOException {
		this.arrivals = arrivals;
		this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
		send("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + port
				+ "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
				+ "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n");
		awaitBlocking("\r\n\r\n");
		sendFrame("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
		awaitBlocking("CONNECTED");
		sendFrame("SUBSCRIBE\nid:0\ndestination:" + topic + "\n\n\0");
		this.channel.configureBlocking(false);
		this.channel.register(selector, SelectionKey.OP_READ, this);
	}

	boolean isLost() {
		return this.lost;
	}

	void close() throws IOException {
		this.channel.close();
	}

	private void send(String text) throws IOException {
		this.channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
	}

	/** Sends a masked text frame; a mask of zeros does not change the text. */
	private void sendFrame(String text) throws IOException {
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

	private void awaitBlocking(String text) throws IOException {
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
				take(BUFFER.get());
			}
		}
		catch (IOException ex) {
			this.lost = true;
		}
	}

	private void take(byte next) {
		if (this.matched < STUDENT.length) {
			this.matched = (next == STUDENT[this.matched]) ? this.matched + 1 : (next == STUDENT[0]) ? 1 : 0;
		}
		else if (next != '"') {
			this.studentId.append((char) next);
		}
		else {
			this.matched = 0;
			this.arrivals.accept(this.studentId.toString());
			this.studentId.setLength(0);
		}
	}

}
