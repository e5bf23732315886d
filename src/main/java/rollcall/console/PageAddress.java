package rollcall.console;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;

/**
 * Finds the address under which phones reach the student page. "localhost" is the phone
 * itself, so a server on this machine is named by the machine's address in its network.
 */
final class PageAddress {

	private PageAddress() {
	}

	static String of(ServerAddress server, long classId) {
		String base = server.isThisMachine()
				? lan().map((address) -> withHost(server.base(), address)).orElse(server.toString())
				: server.toString();
		return base + "/" + classId;
	}

	private static String withHost(URI base, InetAddress address) {
		String port = (base.getPort() < 0) ? "" : ":" + base.getPort();
		return base.getScheme() + "://" + address.getHostAddress() + port + base.getPath();
	}

	private static Optional<InetAddress> lan() {
		return onDefaultRoute().or(PageAddress::onAnyInterface);
	}

	/** The address a packet to the world would carry; none is sent. */
	private static Optional<InetAddress> onDefaultRoute() {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(new InetSocketAddress("192.0.2.1", 9));
			return Optional.of(socket.getLocalAddress()).filter(PageAddress::isInNetwork);
		}
		catch (IOException | java.io.UncheckedIOException ex) {
			return Optional.empty();
		}
	}

	private static Optional<InetAddress> onAnyInterface() {
		try {
			return NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.filter(PageAddress::isInNetwork)
				.findFirst();
		}
		catch (SocketException ex) {
			return Optional.empty();
		}
	}

	private static boolean isInNetwork(InetAddress address) {
		return address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isAnyLocalAddress()
				&& !address.isLinkLocalAddress();
	}

}
