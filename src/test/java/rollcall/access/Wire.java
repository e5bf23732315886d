package rollcall.access;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A connection on which the test sends every byte itself, without a client library that
 * would refuse or change invalid ones.
 */
final class Wire implements AutoCloseable {

	/** Deadline for a silent server. It measures nothing. */
	private static final int PATIENCE_MS = 30_000;

	private static final byte[] MASK = { 1, 2, 3, 4 };

	private final AutoCloseable connection;

	private final DataInputStream in;

	private final OutputStream out;

	private boolean closed;

	private Wire(AutoCloseable connection, InputStream in, OutputStream out) {
		this.connection = connection;
		this.in = new DataInputStream(new BufferedInputStream(in));
		this.out = out;
	}

	static Wire to(String host, int port) throws IOException {
		return between(null, host, port);
	}

	/** Connects from another loopback address, such as 127.0.0.9. */
	static Wire between(String source, String host, int port) throws IOException {
		Socket socket = new Socket();
		if (source != null) {
			socket.bind(new InetSocketAddress(source, 0));
		}
		socket.setTcpNoDelay(true);
		socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
		socket.setSoTimeout(PATIENCE_MS);
		return new Wire(socket, socket.getInputStream(), socket.getOutputStream());
	}

	/** Connects through a relay on a Unix socket, which crosses network namespaces. */
	static Wire through(Path relay) throws IOException {
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(relay));
		return new Wire(channel, UnixStreams.in(channel), UnixStreams.out(channel));
	}

	void send(String text) throws IOException {
		send(text.getBytes(StandardCharsets.UTF_8));
	}

	void send(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/** Reads the head of an answer and, except for an upgrade, its whole body. */
	Answer read() throws IOException {
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
	void frame(int opcode, byte[] payload) throws IOException {
		send(masked(opcode, payload));
	}

	/** Returns the characters of a STOMP frame; {@code |} ends a line. */
	static String stompText(String frame) {
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
	void stomp(String... frames) throws IOException {
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
	Optional<String> nextStomp() throws IOException {
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
	record Answer(int status, String head, String body) {

		String header(String name) {
			return headers(name).findFirst().orElse("");
		}

		/** Returns all values of a header. */
		Stream<String> headers(String name) {
			return this.head.lines()
				.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
				.map((line) -> line.substring(name.length() + 1).trim());
		}

		/**
		 * Returns a cookie as a client sends it, {@code name=value}; empty if not set.
		 */
		String cookie(String name) {
			return headers("Set-Cookie").filter((cookie) -> cookie.startsWith(name + "="))
				.map((cookie) -> cookie.replaceFirst(";.*", ""))
				.findFirst()
				.orElse("");
		}

		/** Returns the code of a problem, such as {@code unknown-host}, or nothing. */
		String problem() {
			int start = this.body.indexOf("urn:rollcall:");
			return (start < 0) ? "" : this.body.substring(start + 13, this.body.indexOf('"', start));
		}

	}

}
