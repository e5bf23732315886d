package rollcall.pages;

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
 * This machine's address in its own network, as well as can be guessed: the one that the
 * system would use to reach others, unless that belongs to a tunnel or a virtual machine.
 */
public final class LanAddress {

	/**
	 * Interfaces behind which there are containers, machines or offices, but no class.
	 */
	private static final Pattern VIRTUAL = Pattern
		.compile("(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|tun|tap|wg|utun|zt|tailscale|ppp).*");

	/** No packet is sent to it: it is reserved for documentation. */
	private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

	private LanAddress() {
	}

	public static Optional<String> find() {
		try {
			List<Candidate> candidates = new ArrayList<>();
			for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
				if (each.isUp() && !each.isLoopback() && !each.isPointToPoint() && !each.isVirtual()) {
					each.inetAddresses().forEach((address) -> candidates.add(new Candidate(each.getName(), address)));
				}
			}
			return best(candidates, usedForOthers()).map(InetAddress::getHostAddress);
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Chooses among several.
	 * @param candidates the addresses of interfaces that are up
	 * @param usedForOthers the one that the system uses to reach other networks
	 * @return the best guess, empty if there is none
	 */
	static Optional<InetAddress> best(List<Candidate> candidates, @Nullable InetAddress usedForOthers) {
		return candidates.stream()
			.filter((candidate) -> !VIRTUAL.matcher(candidate.interfaceName()).matches())
			.map(Candidate::address)
			.filter((address) -> address instanceof Inet4Address && !address.isLinkLocalAddress())
			.min(Comparator.comparing((InetAddress address) -> !address.isSiteLocalAddress())
				.thenComparing((address) -> !address.equals(usedForOthers)));
	}

	private static @Nullable InetAddress usedForOthers() {
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.connect(ELSEWHERE);
			return socket.getLocalAddress();
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * One address of one interface.
	 */
	record Candidate(String interfaceName, InetAddress address) {
	}

}
