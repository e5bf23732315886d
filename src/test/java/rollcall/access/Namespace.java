package rollcall.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import rollcall.RawConnection;
import rollcall.SlowClients;

/**
 * A network namespace with one link to this one, like a classroom's Wi-Fi. It needs root.
 * Tests that need it are skipped without root, unless all tools are required.
 */
final class Namespace implements AutoCloseable {

	private static final String JAVA = ProcessHandle.current().info().command().orElse("java");

	private final String name = "rc" + ProcessHandle.current().pid();

	private final String serverAddress;

	private final Path socket;

	private final Process relay;

	private final int port;

	private Namespace(int port) throws IOException {
		this.port = port;
		int net = (int) (ProcessHandle.current().pid() % 250);
		this.serverAddress = "10.231." + net + ".1";
		this.socket = Path.of("target", "relay-" + this.name + "-" + port);
		Files.deleteIfExists(this.socket);
		ip("netns add " + this.name);
		ip("link add " + this.name + "a type veth peer name " + this.name + "b netns " + this.name);
		ip("addr add " + this.serverAddress + "/30 dev " + this.name + "a");
		ip("link set " + this.name + "a up");
		ip("-n " + this.name + " addr add 10.231." + net + ".2/30 dev " + this.name + "b");
		ip("-n " + this.name + " link set " + this.name + "b up");
		ip("-n " + this.name + " link set lo up");
		this.relay = new ProcessBuilder("ip", "netns", "exec", this.name, JAVA, "-cp", "target/test-classes",
				NamespaceRelay.class.getName(), this.socket.toString(), this.serverAddress, String.valueOf(port))
			.redirectErrorStream(true)
			.start();
		BufferedReader said = new BufferedReader(
				new InputStreamReader(this.relay.getInputStream(), StandardCharsets.UTF_8));
		if (!"ready".equals(said.readLine())) {
			throw new IOException("The relay did not start");
		}
	}

	/**
	 * Creates a namespace that reaches the server on the port; empty without the rights
	 * to create one.
	 */
	static Optional<Namespace> open(int port) {
		try {
			return Optional.of(new Namespace(port));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	RawConnection connect() throws IOException {
		SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(this.socket));
		return RawConnection.over(channel, UnixStreams.in(channel), UnixStreams.out(channel));
	}

	/**
	 * Starts an attacker inside the namespace. It ends after the given time.
	 * @see rollcall.SlowClients#main
	 */
	Process attack(int connections, int seconds, int pauseMillis, String opening, String afterAnswer)
			throws IOException {
		List<String> command = List.of("ip", "netns", "exec", this.name, JAVA, "-Xmx256m", "-cp", "target/test-classes",
				SlowClients.class.getName(), this.serverAddress, String.valueOf(this.port), String.valueOf(connections),
				String.valueOf(seconds), String.valueOf(pauseMillis), base64(opening), base64(afterAnswer));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** Returns the server's address as seen from inside the namespace. */
	String serverAddress() {
		return this.serverAddress;
	}

	@Override
	public void close() throws IOException {
		this.relay.destroy();
		this.relay.onExit().join();
		ip("netns del " + this.name);
		Files.deleteIfExists(this.socket);
	}

	private static void ip(String arguments) throws IOException {
		Process ip = new ProcessBuilder(List.of(("ip " + arguments).split(" "))).redirectErrorStream(true).start();
		String said = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (ip.onExit().join().exitValue() != 0) {
			throw new IOException("ip " + arguments + ": " + said);
		}
	}

}
