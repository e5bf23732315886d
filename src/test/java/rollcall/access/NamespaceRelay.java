package rollcall.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A process inside a network namespace that connects a test outside with the server.
 */
final class NamespaceRelay {

	private NamespaceRelay() {
	}

	/** Arguments: the Unix socket to listen on, the server's host and port. */
	public static void main(String[] args) throws IOException {
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
			System.out.println("ready");
			while (true) {
				SocketChannel inside = server.accept();
				Socket outside = new Socket(args[1], Integer.parseInt(args[2]));
				copy(UnixStreams.in(inside), outside.getOutputStream());
				copy(outside.getInputStream(), UnixStreams.out(inside));
			}
		}
	}

	private static void copy(InputStream from, OutputStream to) {
		Thread thread = new Thread(() -> {
			try (from; to) {
				byte[] buffer = new byte[8_192];
				for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
					to.write(buffer, 0, count);
					to.flush();
				}
			}
			catch (IOException ex) {
				// One side has ended, so the other ends too.
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

}
