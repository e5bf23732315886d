package rollcall.proof;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection for one thread, on a plain socket. It needs little
 * CPU, which the server on the same cores needs itself. It distinguishes a lost answer
 * from a request that was not sent, and never retries.
 */
final class HttpConnection implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 30_000;

	private final InetSocketAddress address;

	/** The header lines of every request. */
	private final String head;

	private @Nullable Socket socket;

	private InputStream in = InputStream.nullInputStream();

	HttpConnection(URI base) {
		this.address = new InetSocketAddress(base.getHost(), base.getPort());
		this.head = "Host: " + base.getHost() + ":" + base.getPort() + "\r\n"
				+ login(base).map((login) -> "Authorization: " + login + "\r\n").orElse("");
	}

	/** The login of the address, as HTTP Basic. */
	static Optional<String> login(URI base) {
		return Optional.ofNullable(base.getUserInfo())
			.map((user) -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Sends one request and reads its answer.
	 * @param body JSON, or null for a request without a body
	 * @param headers whole header lines, such as {@code If-Match: "1"}
	 */
	Outcome send(String method, String path, @Nullable String body, String... headers) {
		Socket open;
		try {
			open = connected();
		}
		catch (IOException ex) {
			close();
			return new Outcome.Unsent(ex.toString());
		}
		try {
			open.getOutputStream().write(request(method, path, body, headers));
			return answer();
		}
		catch (IOException ex) {
			close();
			return new Outcome.Unknown(ex.toString());
		}
	}

	private Socket connected() throws IOException {
		if (this.socket != null) {
			return this.socket;
		}
		Socket fresh = new Socket();
		this.socket = fresh;
		fresh.setTcpNoDelay(true);
		fresh.setSoTimeout(TIMEOUT_MILLIS);
		fresh.connect(this.address, TIMEOUT_MILLIS);
		this.in = new BufferedInputStream(fresh.getInputStream());
		return fresh;
	}

	private byte[] request(String method, String path, @Nullable String body, String... headers) {
		StringBuilder request = new StringBuilder(256);
		request.append(method).append(' ').append(path).append(" HTTP/1.1\r\n").append(this.head);
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		if (body != null) {
			int length = body.getBytes(StandardCharsets.UTF_8).length;
			request.append("Content-Type: application/json\r\nContent-Length: ").append(length).append("\r\n");
		}
		request.append("\r\n").append((body != null) ? body : "");
		return request.toString().getBytes(StandardCharsets.UTF_8);
	}

	private Outcome answer() throws IOException {
		String[] statusLine = line().split(" ", 3);
		int status = Integer.parseInt(statusLine[1]);
		Map<String, String> headers = new HashMap<>();
		for (String header = line(); !header.isEmpty(); header = line()) {
			int colon = header.indexOf(':');
			headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
		}
		String body = new String(body(status, headers), StandardCharsets.UTF_8);
		if ("close".equalsIgnoreCase(headers.get("connection"))) {
			close();
		}
		return new Outcome.Answered(status, headers, body);
	}

	private byte[] body(int status, Map<String, String> headers) throws IOException {
		if (status == 204 || status == 304) {
			return new byte[0];
		}
		if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
			return chunks();
		}
		String length = headers.get("content-length");
		if (length == null) {
			throw new IOException("an answer without a length: " + headers);
		}
		return exactly(Integer.parseInt(length));
	}

	private byte[] chunks() throws IOException {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		for (int size = chunkSize(); size > 0; size = chunkSize()) {
			whole.write(exactly(size));
			line();
		}
		while (!line().isEmpty()) {
			continue;
		}
		return whole.toByteArray();
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
	}

	private byte[] exactly(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("the answer ends after " + bytes.length + " of " + length + " bytes");
		}
		return bytes;
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder(64);
		for (int c = this.in.read(); c != '\n'; c = this.in.read()) {
			if (c < 0) {
				throw new EOFException("the connection ended within the head of the answer");
			}
			line.append((char) c);
		}
		return line.substring(0, Math.max(0, line.length() - 1));
	}

	@Override
	public void close() {
		if (this.socket != null) {
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				// The connection is not used again.
			}
			this.socket = null;
		}
	}

}
