package rollcall.pages;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A network between browser and server that can be cut: connections break, and new ones
 * are not let through. (Chromium's own offline mode leaves open WebSockets alone.)
 */
class Cuttable implements Closeable {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final int server;

	private volatile boolean cut;

	Cuttable(int server) throws IOException {
		this.server = server;
		run(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	void cut() {
		this.cut = true;
		this.sockets.forEach(Cuttable::closeQuietly);
	}

	void mend() {
		this.cut = false;
	}

	/** Cuts the network; the future is done when it is mended again. */
	CompletableFuture<Void> cutFor(Duration time) {
		cut();
		Executor later = CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS);
		return CompletableFuture.runAsync(this::mend, later);
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		this.sockets.forEach(Cuttable::closeQuietly);
	}

	private void accept() throws IOException {
		while (true) {
			Socket browser = this.listener.accept();
			if (this.cut) {
				browser.close();
				continue;
			}
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.server);
			this.sockets.add(browser);
			this.sockets.add(server);
			run(() -> copy(browser, server));
			run(() -> copy(server, browser));
		}
	}

	private void copy(Socket from, Socket to) throws IOException {
		try (from; to; InputStream in = from.getInputStream()) {
			in.transferTo(to.getOutputStream());
		}
		finally {
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void run(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// The connection is over, on one side or by the cut.
			}
		}, "network");
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is gone, which is what was wanted.
		}
	}

	private interface Work {

		void run() throws IOException;

	}

}
