package rollcall.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LanAddressTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# interfaces                                       | outgoing        | best
			wlan0:192.168.0.7                                  | 192.168.0.7     | 192.168.0.7
			docker0:172.17.0.1,wlan0:192.168.0.7               | 172.17.0.1      | 192.168.0.7
			eth0:10.0.0.5,wlan0:192.168.0.7                    | 192.168.0.7     | 192.168.0.7
			eth0:200.17.1.2,wlan0:192.168.0.7                  | 200.17.1.2      | 192.168.0.7
			eth0:200.17.1.2                                    | -               | 200.17.1.2
			tun0:10.8.0.2,tailscale0:100.64.0.1                | 10.8.0.2        | -
			eth0:169.254.3.4                                   | -               | -
			eth0:fd00::2                                       | -               | -
			""")
	void localNetworkIsPreferredToTunnelsAndVirtualMachines(String interfaces, String outgoing, String best)
			throws Exception {
		List<LanAddress.Candidate> candidates = Stream.of(interfaces.split(","))
			.map((each) -> new LanAddress.Candidate(each.substring(0, each.indexOf(':')),
					address(each.substring(each.indexOf(':') + 1))))
			.toList();
		InetAddress local = (outgoing != null) ? address(outgoing) : null;
		assertThat(LanAddress.best(candidates, local).map(InetAddress::getHostAddress).orElse(null)).isEqualTo(best);
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
