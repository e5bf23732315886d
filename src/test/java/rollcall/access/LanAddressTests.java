package rollcall.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of the addresses, with the adapters of real machines.
 */
class LanAddressTests {

	/** An address in brackets is not in a network that phones can reach. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					# adapters (name, address)                                     | outgoing     | in order
					wlan0 192.168.0.7                                              | 192.168.0.7  | 192.168.0.7
					docker0 172.17.0.1, wlan0 192.168.0.7                          | 192.168.0.7  | 192.168.0.7 (172.17.0.1)
					eth0 10.0.0.5, wlan0 192.168.0.7                               | 192.168.0.7  | 192.168.0.7 10.0.0.5
					eth0 10.0.0.5, wlan0 192.168.0.7                               | 10.0.0.5     | 10.0.0.5 192.168.0.7
					eth0 164.41.1.2, wlan0 192.168.0.7                             | 164.41.1.2   | 164.41.1.2 192.168.0.7
					eth0 10.0.0.5, wlan0 192.168.0.7                               | -            | 10.0.0.5 192.168.0.7
					tun0 10.8.0.2, wlp3s0 192.168.0.7                              | 10.8.0.2     | 192.168.0.7 (10.8.0.2)
					wlp3s0 192.168.0.7, wg0 10.64.0.2, incusbr0 10.158.1.1         | 10.64.0.2    | 192.168.0.7 (10.64.0.2) (10.158.1.1)
					nordlynx 10.5.0.2, wlan0 192.168.0.7                           | 10.5.0.2     | 192.168.0.7 (10.5.0.2)
					tailscale0 100.64.0.1, enp0s31f6 10.1.2.3                      | 10.1.2.3     | 10.1.2.3 (100.64.0.1)
					utun4 10.8.0.2, bridge100 192.168.64.1, en0 192.168.0.7        | 10.8.0.2     | 192.168.0.7 (10.8.0.2) (192.168.64.1)
					vboxnet0 192.168.56.1, lxdbr0 10.1.1.1, virbr0 192.168.122.1, eth0 10.0.0.5 | 10.0.0.5 | 10.0.0.5 (192.168.56.1) (10.1.1.1) (192.168.122.1)
					br-5f2 172.18.0.1, ztabc 10.147.17.1, ppp0 10.64.64.64         | 10.64.64.64  | (10.147.17.1) (10.64.64.64) (172.18.0.1)
					br0 10.0.0.5, vmnet8 172.16.9.1                                | 10.0.0.5     | 10.0.0.5 (172.16.9.1)
					eth0 169.254.3.4                                               | -            | -
					eth0 fd00::2                                                   | -            | -
					eth0 fe80::2 10.0.0.5 fd00::2                                  | fd00::2      | 10.0.0.5
					lo 127.0.0.1                                                   | -            | -
					""")
	void defaultRouteIsFirstAndVirtualAdaptersAreLast(String adapters, String outgoing, String expected) {
		List<NetworkAdapter> machine = Stream.of(adapters.split(", ")).map((each) -> {
			String[] words = each.split(" ");
			return adapter(words[0], words[0], List.of(words).subList(1, words.length));
		}).toList();
		assertThat(inOrder(machine, outgoing)).isEqualTo((expected != null) ? expected : "");
	}

	/** On Windows only the description tells what an adapter is. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# name           | description                                      | in a network
			ethernet_32769   | VirtualBox Host-Only Ethernet Adapter            | false
			eth5             | VMware Virtual Ethernet Adapter for VMnet8       | false
			eth7             | Hyper-V Virtual Ethernet Adapter #2              | false
			net2             | vEthernet (WSL (Hyper-V firewall))               | false
			eth9             | Npcap Loopback Adapter                           | false
			iftype53_32768   | NordLynx Tunnel                                  | false
			iftype53_32769   | WireGuard Tunnel                                 | false
			net5             | TAP-Windows Adapter V9                           | false
			net6             | Tailscale Tunnel                                 | false
			eth11            | Cisco AnyConnect Virtual Miniport Adapter for Windows x64 | false
			eth12            | PANGP Virtual Ethernet Adapter Secure            | false
			eth13            | Fortinet SSL VPN Virtual Ethernet Adapter        | false
			wlan1            | Microsoft Wi-Fi Direct Virtual Adapter #2        | true
			wireless_32768   | Intel(R) Wi-Fi 6 AX201 160MHz                    | true
			eth0             | Realtek PCIe GbE Family Controller               | true
			eth14            | Remote NDIS based Internet Sharing Device        | true
			""")
	void descriptionTellsTheKindOfAnAdapter(String name, String description, boolean inNetwork) {
		List<NetworkAdapter> machine = List.of(adapter(name, description, List.of("192.168.56.1")),
				adapter("wlan0", "Qualcomm QCA9377 802.11ac Wireless Adapter", List.of("192.168.0.7")));
		List<LanAddress> order = LanAddress.inOrder(machine, address("192.168.0.7"));
		assertThat(order).containsExactly(
				new LanAddress("192.168.0.7", "Qualcomm QCA9377 802.11ac Wireless Adapter", true),
				new LanAddress("192.168.56.1", description, inNetwork));
	}

	@Test
	void virtualSwitchWithTheDefaultRouteIsARealNetwork() {
		NetworkAdapter external = adapter("eth3", "Hyper-V Virtual Ethernet Adapter", List.of("10.0.0.5"));
		assertThat(inOrder(List.of(external), "10.0.0.5")).isEqualTo("10.0.0.5");
		assertThat(inOrder(List.of(external), null)).isEqualTo("(10.0.0.5)");
	}

	@Test
	void pointToPointLinkIsATunnel() {
		NetworkAdapter modem = new NetworkAdapter("wwan0", "wwan0", true, List.of(address("10.20.30.40")));
		assertThat(inOrder(List.of(modem), "10.20.30.40")).isEqualTo("(10.20.30.40)");
	}

	@Test
	void thisMachineHasNoLoopbackAddress() {
		assertThat(LanAddress.ofThisMachine()).noneMatch((each) -> each.host().startsWith("127."))
			.allSatisfy((each) -> assertThat(each.adapter()).isNotBlank());
	}

	private static NetworkAdapter adapter(String name, String description, List<String> addresses) {
		return new NetworkAdapter(name, description, false, addresses.stream().map(LanAddressTests::address).toList());
	}

	private static String inOrder(List<NetworkAdapter> machine, String outgoing) {
		return String.join(" ",
				LanAddress.inOrder(machine, (outgoing != null) ? address(outgoing) : null)
					.stream()
					.map((each) -> each.inNetwork() ? each.host() : "(" + each.host() + ")")
					.toList());
	}

	private static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
