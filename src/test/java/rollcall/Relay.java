package rollcall;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy between client and server. A test can cut it, freeze it, or let it drop
 * answers after the server has sent them.
 */
public final class Relay implements AutoCloseable {

	private final int serverPort;

	private final int port;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger ends = new AtomicInteger();

	private final AtomicInteger reads = new AtomicInteger();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger posts = new AtomicInteger();

	private final AtomicInteger marks = new AtomicInteger();

	private final AtomicInteger endsToLose = new AtomicInteger();

	private final AtomicInteger marksToLose = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private volatile CountDownLatch frozen = new CountDownLatch(0);

	private ServerSocket listener;

	private Thread acceptor;

	public Relay(int serverPort) throws IOException {
		this.serverPort = serverPort;
		this.port = FreePort.next();
		mend();
	}

	public int port() {
		return this.port;
	}

	public String url() {
		return "http://localhost:" + this.port;
	}

	/** The number of DELETE requests that arrived. */
	public int ends() {
		return this.ends.get();
	}

	/** The number of GET requests to {@code /classes/} that arrived. */
	public int reads() {
		return this.reads.get();
	}

	/** The number of connections that were accepted. */
	public int connections() {
		return this.connections.get();
	}

	/** The number of POST requests that arrived. */
	public int posts() {
		return this.posts.get();
	}

	/** The number of PUT requests that arrived. */
	public int marks() {
		return this.marks.get();
	}

	/** Drops the answers to the next PUT requests. */
	public void loseAnswersToMarks(int count) {
		this.marksToLose.set(count);
	}

	/** The number of answers that were dropped on demand. */
	public int lost() {
		return this.lost.get();
	}

	/** Drops the answers to the next DELETE requests. */
	public void loseAnswersToEnd(int count) {
		this.endsToLose.set(count);
	}

	/** Holds all bytes back; connections stay open. */
	public void freeze() {
		this.frozen = new CountDownLatch(1);
	}

	/** Passes the held bytes on. */
	public void thaw() {
		this.frozen.countDown();
	}

	/** Closes all connections and refuses new ones. */
	public void cut() throws IOException {
		this.listener.close();
		try {
			// The port stays in use until accept() has returned.
			this.acceptor.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.sockets.clear();
	}

	/** Accepts connections again, on the same port. */
	public void mend() throws IOException {
		ServerSocket socket = new ServerSocket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		this.listener = socket;
		this.acceptor = start(() -> accept(socket));
	}

	private void accept(ServerSocket from) {
		try {
			while (true) {
				connect(from.accept());
			}
		}
		catch (IOException ex) {
			// The connection was cut.
		}
	}

	private void connect(Socket client) throws IOException {
		this.sockets.add(client);
		this.connections.incrementAndGet();
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.serverPort);
			this.sockets.add(server);
			AtomicInteger mark = new AtomicInteger();
			start(() -> pump(client, server, mark));
			start(() -> pump(server, client, mark));
		}
		catch (ConnectException ex) {
			client.close();
		}
	}

	/**
	 * Copies the bytes of one direction. Both directions share the mark: when it is set,
	 * answers are dropped.
	 */
	private void pump(Socket from, Socket to, AtomicInteger mark) {
		byte[] buffer = new byte[65_536];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
				boolean fromServer = from.getPort() == this.serverPort;
				if (fromServer && mark.get() > 0) {
					this.lost.incrementAndGet();
					return;
				}
				String start = fromServer ? "" : new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
				if (start.startsWith("GET /classes/")) {
					this.reads.incrementAndGet();
				}
				if (start.startsWith("POST ")) {
					this.posts.incrementAndGet();
				}
				if (start.startsWith("DELETE ")) {
					this.ends.incrementAndGet();
					loseAnswer(this.endsToLose, mark);
				}
				if (start.startsWith("PUT ")) {
					this.marks.incrementAndGet();
					loseAnswer(this.marksToLose, mark);
				}
				this.frozen.await();
				out.write(buffer, 0, count);
				out.flush();
			}
		}
		catch (IOException | InterruptedException ex) {
			// The connection was cut.
		}
	}

	private static void loseAnswer(AtomicInteger toLose, AtomicInteger mark) {
		if (toLose.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			mark.set(1);
		}
	}

	private static Thread start(Runnable work) {
		Thread thread = new Thread(work, "relay");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	@Override
	public void close() {
		thaw();
		try {
			cut();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
