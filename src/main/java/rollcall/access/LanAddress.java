package rollcall.access;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Guesses this machine's address in the local network: the one that the system uses to
 * reach other networks, unless it belongs to a tunnel or a virtual machine.
 */
public final class LanAddress {

	/** Names of interfaces of containers, virtual machines and tunnels. */
	private static final Pattern VIRTUAL = Pattern
		.compile("(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|tun|tap|wg|utun|zt|tailscale|ppp).*");

	/** Reserved for documentation. No packet is sent to it. */
	private static final InetSocketAddress OTHER_NETWORK = new InetSocketAddress("192.0.2.1", 9);

	private LanAddress() {
	}

	/** Returns the address as text, empty if this machine is in no network. */
	public static Optional<String> find() {
		try {
			List<Candidate> candidates = new ArrayList<>();
			for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
				if (each.isUp() && !each.isLoopback() && !each.isPointToPoint() && !each.isVirtual()) {
					each.inetAddresses().forEach((address) -> candidates.add(new Candidate(each.getName(), address)));
				}
			}
			return best(candidates, outgoing()).map(InetAddress::getHostAddress);
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Chooses the best address.
	 * @param candidates addresses of the interfaces that are up
	 * @param outgoing the local address that the system uses to reach other networks,
	 * null if unknown
	 * @return the best guess, empty if none is suitable
	 */
	static Optional<InetAddress> best(List<Candidate> candidates, @Nullable InetAddress outgoing) {
		return candidates.stream()
			.filter((candidate) -> !VIRTUAL.matcher(candidate.interfaceName()).matches())
			.map(Candidate::address)
			.filter((address) -> address instanceof Inet4Address && !address.isLinkLocalAddress())
			.min(Comparator.comparing((InetAddress address) -> !address.isSiteLocalAddress())
				.thenComparing((address) -> !address.equals(outgoing)));
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

	/** One address of one interface. */
	record Candidate(String interfaceName, InetAddress address) {
	}

}
