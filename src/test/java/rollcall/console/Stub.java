package rollcall.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Gives every client the same answer and closes the connection. */
final class Stub implements AutoCloseable {

	private final ServerSocket listener = new ServerSocket();

	private final Transcript request = new Transcript();

	private final String answer;

	private final Thread thread = new Thread(this::serve, "stub");

	/** A stub on a free port. */
	Stub(String answer) throws IOException {
		this(0, answer);
	}

	private Stub(int port, String answer) throws IOException {
		this.answer = answer;
		this.listener.setReuseAddress(true);
		this.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.thread.setDaemon(true);
		this.thread.start();
	}

	static Stub answering(String status, String type, String body) throws IOException {
		return answering(0, status, type, body);
	}

	static Stub answering(int port, String status, String type, String body) throws IOException {
		return new Stub(port, "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: "
				+ body.length() + "\r\nConnection: close\r\n\r\n" + body);
	}

	String url() {
		return "http://localhost:" + this.listener.getLocalPort();
	}

	Transcript request() {
		return this.request;
	}

	private void serve() {
		while (!this.listener.isClosed()) {
			try (Socket socket = this.listener.accept()) {
				byte[] buffer = new byte[8_192];
				int count = socket.getInputStream().read(buffer);
				this.request.write(new String(buffer, 0, Math.max(0, count), StandardCharsets.ISO_8859_1));
				socket.getOutputStream().write(this.answer.getBytes(StandardCharsets.UTF_8));
				socket.getOutputStream().flush();
			}
			catch (IOException ex) {
				// Accept the next client.
			}
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		try {
			// The port stays in use until accept() has returned.
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
