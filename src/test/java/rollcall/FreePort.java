package rollcall;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of the loopback that stays free while nobody listens on it, for a server that
 * comes back on the same one: below those that the system gives to outgoing connections.
 */
public final class FreePort {

	private static final int LOWEST = 12_000;

	private static final int HIGHEST = 30_000;

	private FreePort() {
	}

	public static int next() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// Somebody has it: another one.
			}
		}
	}

}
