package rollcall.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a server, and the addresses that are made from it.
 *
 * @param base an absolute http or https URI without a slash at its end
 */
record ServerAddress(URI base) {

	/**
	 * Reads a typed address; {@code school:8080} means {@code http://school:8080}.
	 * @throws Failure if it is not an address of a server
	 */
	static ServerAddress parse(String typed) {
		String text = typed.contains("://") ? typed : "http://" + typed;
		int scheme = text.indexOf(':');
		try {
			URI uri = new URI(text.substring(0, scheme).toLowerCase(Locale.ROOT)
					+ text.substring(scheme).replaceFirst("/+$", ""));
			boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
			if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null
					&& uri.getUserInfo() == null && uri.getPort() <= 65535) {
				return new ServerAddress(uri);
			}
		}
		catch (URISyntaxException ex) {
			// Reported below, like every other wrong address.
		}
		throw new Failure(Failure.ExitCode.USAGE, "address.invalid", typed);
	}

	URI resolve(String path) {
		return URI.create(this.base + path);
	}

	/** The WebSocket address of the live topics. */
	URI webSocket() {
		return URI.create(this.base.toString().replaceFirst("^http", "ws") + "/ws");
	}

	boolean isEncrypted() {
		return "https".equals(this.base.getScheme());
	}

	boolean isThisMachine() {
		try {
			return InetAddress.getByName(this.base.getHost()).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/**
	 * The address of a class's student page. On a phone, "localhost" is the phone itself,
	 * so for a server on this machine it contains the address of this machine in the
	 * network.
	 */
	String studentPage(long classId) {
		Optional<InetAddress> network = isThisMachine() ? onDefaultRoute().or(ServerAddress::onAnyInterface)
				: Optional.empty();
		return network.map(this::withHost).orElse(toString()) + "/" + classId;
	}

	private String withHost(InetAddress address) {
		String port = (this.base.getPort() < 0) ? "" : ":" + this.base.getPort();
		return this.base.getScheme() + "://" + address.getHostAddress() + port + this.base.getPath();
	}

	/** The source address that a packet to the internet would have. No packet is sent. */
	private static Optional<InetAddress> onDefaultRoute() {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(new InetSocketAddress("192.0.2.1", 9));
			return Optional.of(socket.getLocalAddress()).filter(ServerAddress::isReachable);
		}
		catch (IOException | UncheckedIOException ex) {
			return Optional.empty();
		}
	}

	private static Optional<InetAddress> onAnyInterface() {
		try {
			return NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.filter(ServerAddress::isReachable)
				.findFirst();
		}
		catch (SocketException ex) {
			return Optional.empty();
		}
	}

	private static boolean isReachable(InetAddress address) {
		return address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isAnyLocalAddress()
				&& !address.isLinkLocalAddress();
	}

	@Override
	public String toString() {
		return this.base.toString();
	}

}
