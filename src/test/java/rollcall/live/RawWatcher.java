package rollcall.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A socket that asks for a WebSocket byte by byte, and reads only when it is told to. */
final class RawWatcher implements AutoCloseable {

	private final Socket socket = new Socket();

	private final String handshake;

	RawWatcher(int port, String... headers) throws IOException {
		this.socket.setReceiveBufferSize(4_096);
		this.socket.setSoTimeout(60_000);
		this.socket.connect(new InetSocketAddress("localhost", port));
		this.socket.getOutputStream()
			.write(("GET /ws HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
					+ String.join("\r\n", headers) + ((headers.length > 0) ? "\r\n\r\n" : "\r\n"))
				.getBytes(StandardCharsets.ISO_8859_1));
		this.handshake = readHandshake();
	}

	/** The status line and the headers of the answer. */
	String handshake() {
		return this.handshake;
	}

	/** Sends a text frame, masked with zeros. */
	void send(String text) throws IOException {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(0x81);
		frame.write(0x80 | 126);
		frame.write(payload.length >> 8);
		frame.write(payload.length);
		frame.write(new byte[4]);
		frame.write(payload);
		this.socket.getOutputStream().write(frame.toByteArray());
	}

	/** Reads until the server closes. */
	long readToTheEnd() throws IOException {
		long bytes = 0;
		byte[] buffer = new byte[65_536];
		try {
			int read = this.socket.getInputStream().read(buffer);
			while (read >= 0) {
				bytes += read;
				read = this.socket.getInputStream().read(buffer);
			}
		}
		catch (java.net.SocketException reset) {
			// Closed the hard way.
		}
		return bytes;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private String readHandshake() throws IOException {
		InputStream in = this.socket.getInputStream();
		StringBuilder answer = new StringBuilder();
		while (!answer.toString().endsWith("\r\n\r\n")) {
			int next = in.read();
			if (next < 0) {
				throw new IOException("Closed after " + answer);
			}
			answer.append((char) next);
		}
		return answer.toString();
	}

}
