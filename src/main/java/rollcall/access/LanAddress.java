package rollcall.access;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An address of this machine in one of its networks. The rule for the order: first the
 * adapter that the system uses to reach other networks, unless it is a tunnel; then the
 * other networks of the machine; then tunnels; then networks of virtual machines.
 *
 * @param host the IPv4 address
 * @param adapter the name of the adapter for people
 * @param inNetwork whether phones can be in the same network
 */
record LanAddress(String host, String adapter, boolean inNetwork) {

	/** Reserved for documentation. No packet is sent to it. */
	private static final InetSocketAddress OTHER_NETWORK = new InetSocketAddress("192.0.2.1", 9);

	/**
	 * Returns the addresses of this machine, best first; none if it is in no network.
	 */
	static List<LanAddress> ofThisMachine() {
		try {
			return inOrder(NetworkAdapter.ofThisMachine(), outgoing());
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/**
	 * Applies the rule.
	 * @param adapters the adapters that are up
	 * @param outgoing the local address that the system uses to reach other networks,
	 * null if there is none
	 * @return all addresses to which phones may connect, best first
	 */
	static List<LanAddress> inOrder(List<NetworkAdapter> adapters, @Nullable InetAddress outgoing) {
		return adapters.stream()
			.sorted(Comparator.comparing((adapter) -> Place.of(adapter, outgoing)))
			.flatMap((adapter) -> adapter.phoneAddresses()
				.stream()
				.sorted(Comparator.comparing((address) -> !address.equals(outgoing)))
				.map((address) -> new LanAddress(address.getHostAddress(), adapter.description(),
						Place.of(adapter, outgoing).compareTo(Place.TUNNEL) < 0)))
			.toList();
	}

	private static @Nullable InetAddress outgoing() {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(OTHER_NETWORK);
			return socket.getLocalAddress();
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	/** The place of an adapter in the order. */
	private enum Place {

		DEFAULT_ROUTE, NETWORK, TUNNEL, VIRTUAL;

		/**
		 * A virtual adapter with the default route is a real network: Hyper-V moves the
		 * machine's own address to such an adapter.
		 */
		static Place of(NetworkAdapter adapter, @Nullable InetAddress outgoing) {
			if (adapter.isTunnel()) {
				return TUNNEL;
			}
			if (outgoing != null && adapter.addresses().contains(outgoing)) {
				return DEFAULT_ROUTE;
			}
			return adapter.isVirtual() ? VIRTUAL : NETWORK;
		}

	}

}
