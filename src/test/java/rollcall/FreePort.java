package rollcall;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A free loopback port for a server that restarts on the same port. It is below the range
 * of ports for outgoing connections, so the system does not use it meanwhile.
 */
public final class FreePort {

	private static final int LOWEST = 12_000;

	private static final int HIGHEST = 30_000;

	/** A port is given once, also if its server has not started yet. */
	private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

	private FreePort() {
	}

	public static int next() {
		while (true) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				if (GIVEN.add(socket.getLocalPort())) {
					return port;
				}
			}
			catch (IOException ex) {
				// The port is in use: try another one.
			}
		}
	}

}
