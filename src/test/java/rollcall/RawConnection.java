package rollcall;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A connection on which the test sends every byte itself, without a client library that
 * would refuse or change invalid ones.
 */
public final class RawConnection implements AutoCloseable {

	/** Limit for a server that sends nothing. It is long: no test measures it. */
	private static final int PATIENCE_MS = (int) Await.DEADLINE.toMillis();

	private static final int STALLED_BUFFER_BYTES = 4_096;

	private static final byte[] MASK = { 1, 2, 3, 4 };

	private final AutoCloseable connection;

	private final DataInputStream in;

	private final OutputStream out;

	private boolean closed;

	private RawConnection(AutoCloseable connection, InputStream in, OutputStream out) {
		this.connection = connection;
		this.in = new DataInputStream(new BufferedInputStream(in));
		this.out = out;
	}

	public static RawConnection to(String host, int port) throws IOException {
		return connect(new Socket(), host, port);
	}

	/** Connects from another loopback address, such as 127.0.0.9. */
	public static RawConnection between(String source, String host, int port) throws IOException {
		Socket socket = new Socket();
		socket.bind(new InetSocketAddress(source, 0));
		return connect(socket, host, port);
	}

	/** Connects with a small receive buffer, for a client that does not read. */
	public static RawConnection stalled(int port) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(STALLED_BUFFER_BYTES);
		return connect(socket, "127.0.0.1", port);
	}

	/** Uses an open connection. */
	public static RawConnection over(AutoCloseable connection, InputStream in, OutputStream out) {
		return new RawConnection(connection, in, out);
	}

	private static RawConnection connect(Socket socket, String host, int port) throws IOException {
		socket.setTcpNoDelay(true);
		socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
		socket.setSoTimeout(PATIENCE_MS);
		return new RawConnection(socket, socket.getInputStream(), socket.getOutputStream());
	}

	/**
	 * Sends a WebSocket handshake and reads the answer.
	 * @param headers further lines of the request, each with its end
	 */
	public Answer upgrade(String headers) throws IOException {
		send("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + headers + "\r\n");
		return read();
	}

	public void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.UTF_8));
	}

	public void send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/** Reads the head of an answer and, except for an upgrade, its whole body. */
	public Answer read() throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = this.in.read();
			if (next < 0) {
				throw new EOFException("No answer: " + head);
			}
			head.write(next);
		}
		String text = head.toString(StandardCharsets.ISO_8859_1);
		int status = Integer.parseInt(text.split(" ")[1]);
		Answer answer = new Answer(status, text, "");
		if (status == 101) {
			return answer;
		}
		String length = answer.header("Content-Length");
		byte[] body = length.isEmpty() ? this.in.readAllBytes() : this.in.readNBytes(Integer.parseInt(length));
		return new Answer(status, text, new String(body, StandardCharsets.UTF_8));
	}

	/** Sends one WebSocket frame. */
	public void frame(int opcode, byte[] payload) throws IOException {
		send(masked(opcode, payload));
	}

	/** Returns the characters of a STOMP frame; {@code |} ends a line. */
	public static String stompText(String frame) {
		return new String(stompFrame(frame), StandardCharsets.ISO_8859_1);
	}

	private static byte[] stompFrame(String frame) {
		return masked(1, (frame.replace("|", "\n") + "\0").getBytes(StandardCharsets.UTF_8));
	}

	/** Returns a WebSocket frame, masked as the protocol requires of clients. */
	private static byte[] masked(int opcode, byte[] payload) {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0x80 | opcode);
		if (payload.length < 126) {
			frame.write(0x80 | payload.length);
		}
		else if (payload.length < 65_536) {
			frame.write(0x80 | 126);
			frame.write(payload.length >> 8);
			frame.write(payload.length);
		}
		else {
			throw new IllegalArgumentException("Not needed");
		}
		frame.write(MASK, 0, MASK.length);
		for (int i = 0; i < payload.length; i++) {
			frame.write(payload[i] ^ MASK[i % 4]);
		}
		return frame.toByteArray();
	}

	/**
	 * Sends STOMP frames, each in its own message, all in one TCP segment; {@code |} ends
	 * a line.
	 */
	public void stomp(String... frames) throws IOException {
		ByteArrayOutputStream together = new ByteArrayOutputStream();
		for (String frame : frames) {
			together.write(stompFrame(frame));
		}
		send(together.toByteArray());
	}

	/**
	 * Reads the next text of the server, without heart-beats.
	 * @return the STOMP frame, empty if the server has closed the socket
	 */
	public Optional<String> nextStomp() throws IOException {
		try {
			while (!this.closed) {
				int first = this.in.readUnsignedByte();
				int length = this.in.readUnsignedByte() & 0x7F;
				if (length == 126) {
					length = this.in.readUnsignedShort();
				}
				byte[] payload = this.in.readNBytes(length);
				if ((first & 0x0F) == 8) {
					this.closed = true;
					return Optional.empty();
				}
				String text = new String(payload, StandardCharsets.UTF_8);
				if ((first & 0x0F) == 1 && !text.isBlank()) {
					return Optional.of(text);
				}
			}
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (IOException ex) {
			this.closed = true;
		}
		return Optional.empty();
	}

	/** Reads until the server closes the connection, and returns the number of bytes. */
	public long skipToEnd() throws IOException {
		long bytes = 0;
		byte[] buffer = new byte[65_536];
		try {
			for (int count = this.in.read(buffer); count >= 0; count = this.in.read(buffer)) {
				bytes += count;
			}
		}
		catch (SocketException ex) {
			// The server reset the connection.
		}
		return bytes;
	}

	@Override
	public void close() throws IOException {
		try {
			this.connection.close();
		}
		catch (IOException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IOException(ex);
		}
	}

	/**
	 * An HTTP answer.
	 *
	 * @param status the HTTP status
	 * @param head status line and headers
	 * @param body the body as text
	 */
	public record Answer(int status, String head, String body) {

		public String header(String name) {
			return headers(name).findFirst().orElse("");
		}

		/** Returns all values of a header. */
		public Stream<String> headers(String name) {
			return this.head.lines()
				.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
				.map((line) -> line.substring(name.length() + 1).trim());
		}

		/**
		 * Returns a cookie as a client sends it, {@code name=value}; empty if not set.
		 */
		public String cookie(String name) {
			return headers("Set-Cookie").filter((cookie) -> cookie.startsWith(name + "="))
				.map((cookie) -> cookie.replaceFirst(";.*", ""))
				.findFirst()
				.orElse("");
		}

		/** Returns the code of a problem, such as {@code unknown-host}, or nothing. */
		public String problem() {
			int start = this.body.indexOf("urn:rollcall:");
			return (start < 0) ? "" : this.body.substring(start + 13, this.body.indexOf('"', start));
		}

	}

}
