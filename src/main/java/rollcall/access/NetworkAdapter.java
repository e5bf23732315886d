package rollcall.access;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A network adapter of this machine that is up. Its kind follows from its names, because
 * no system says whether phones can reach an adapter.
 *
 * @param name name in the system, such as {@code wlan0}
 * @param description the long name, which only Windows has; elsewhere the same as the
 * name
 * @param pointToPoint whether the adapter connects two machines only
 * @param addresses its addresses
 */
record NetworkAdapter(String name, String description, boolean pointToPoint, List<InetAddress> addresses) {

	/** Beginnings of the names of tunnels. */
	private static final Pattern TUNNEL_NAME = anyOf("tun", "tap", "utun", "wg", "ppp", "zt", "feth", "ipsec", "gpd",
			"cscotun", "ham[0-9]", "wt[0-9]", "nebula", "nordlynx", "proton", "tailscale", "outline");

	/** Words in the names and descriptions of tunnels. */
	private static final Pattern TUNNEL_WORD = anyOf("vpn", "tunnel", "wireguard", "wintun", "tap-", "nordlynx",
			"tailscale", "zerotier", "hamachi", "anyconnect", "cisco secure", "fortinet", "pangp", "juniper",
			"check point", "sonicwall", "warp", "wan miniport", "virtual miniport");

	/** Beginnings of the names of virtual adapters. */
	private static final Pattern VIRTUAL_NAME = anyOf("docker", "br-", "veth", "virbr", "vmnet", "vmenet", "vboxnet",
			"lxc", "lxd", "incus", "cni", "flannel", "cali", "podman", "bridge1[0-9]{2}", "vnic");

	/** Words in the names and descriptions of virtual adapters. */
	private static final Pattern VIRTUAL_WORD = anyOf("virtualbox", "vmware", "hyper-v", "vethernet", "wsl",
			"parallels", "docker", "loopback");

	/** Returns the adapters of this machine that are up, in the system's order. */
	static List<NetworkAdapter> ofThisMachine() throws IOException {
		return Collections.list(NetworkInterface.getNetworkInterfaces())
			.stream()
			.filter(NetworkAdapter::isUp)
			.map((each) -> new NetworkAdapter(each.getName(),
					Objects.requireNonNullElse(each.getDisplayName(), each.getName()), isLink(each),
					Collections.list(each.getInetAddresses())))
			.toList();
	}

	/**
	 * The addresses to which a phone can connect. An IPv6 address would be too long to
	 * type, and an IPv4 address that the machine chose itself belongs to no network.
	 */
	List<Inet4Address> phoneAddresses() {
		return this.addresses.stream()
			.filter(Inet4Address.class::isInstance)
			.map(Inet4Address.class::cast)
			.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
			.toList();
	}

	/** Whether the adapter leads into the network of a VPN or of a modem. */
	boolean isTunnel() {
		return this.pointToPoint || isNamed(TUNNEL_NAME, TUNNEL_WORD);
	}

	/** Whether the adapter connects only virtual machines or containers. */
	boolean isVirtual() {
		return isNamed(VIRTUAL_NAME, VIRTUAL_WORD);
	}

	private boolean isNamed(Pattern start, Pattern word) {
		return start.matcher(this.name).lookingAt() || word.matcher(this.name).find()
				|| word.matcher(this.description).find();
	}

	private static Pattern anyOf(String... texts) {
		return Pattern.compile(String.join("|", texts), Pattern.CASE_INSENSITIVE);
	}

	private static boolean isUp(NetworkInterface each) {
		try {
			return each.isUp() && !each.isLoopback();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isLink(NetworkInterface each) {
		try {
			return each.isPointToPoint();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
