package rollcall.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import rollcall.Await;
import rollcall.FreePort;
import rollcall.Leash;
import rollcall.Needs;

/**
 * nginx with the configuration file of src/deploy. Only its address, the addresses of the
 * nodes and its folder are replaced.
 */
final class NginxServer implements AutoCloseable {

	private static final Path SHIPPED = Path.of("src", "deploy", "nginx.conf");

	private static final String HTTP = "http {\n";

	private static final String LISTEN = "listen 80;";

	private static final List<String> SUFFIXES = List.of(" max_fails=1 fail_timeout=2s;\n", " backup max_fails=0;\n");

	private final int port = FreePort.next();

	private final Path folder;

	private final Leash process;

	private NginxServer(Path folder, List<Integer> nodes) throws IOException {
		this.folder = folder;
		Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(nodes));
		String writing = "daemon off; pid " + folder.resolve("pid") + ";";
		this.process = Leash.on("TERM", folder, folder.resolve("log"), Map.of(), List.of(command(), "-p",
				folder.toString(), "-c", configuration.toString(), "-e", "stderr", "-g", writing));
		Await.until("nginx accepts requests or has ended", () -> !this.process.isAlive() || isListening());
		if (!this.process.isAlive()) {
			throw new IllegalStateException("nginx ended:\n" + log());
		}
	}

	/**
	 * Starts nginx in front of nodes.
	 * @param folder an empty folder for its files
	 * @param ports the ports of the nodes on the loopback
	 */
	static NginxServer start(Path folder, List<Integer> ports) {
		require();
		try {
			return new NginxServer(folder, ports);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void require() {
		Needs.that(Needs.runs(command(), "-v"), "nginx (Debian package nginx-light) is installed");
	}

	/** Debian installs it in a folder that only root has in its path. */
	static String command() {
		Path debian = Path.of("/usr/sbin/nginx");
		return Files.isExecutable(debian) ? debian.toString() : "nginx";
	}

	private String configuration(List<Integer> nodes) throws IOException {
		String text = Files.readString(SHIPPED);
		text = replace(text, LISTEN, "listen 127.0.0.1:" + this.port + ";");
		for (String suffix : SUFFIXES) {
			text = replace(text, servers(Stream.of("node1:8080", "node2:8080"), suffix),
					servers(nodes.stream().map((port) -> "127.0.0.1:" + port), suffix));
		}
		return replace(text, HTTP,
				Stream.of("client_body", "proxy", "fastcgi", "scgi", "uwsgi")
					.map((kind) -> kind + "_temp_path " + this.folder.resolve(kind) + ";\n")
					.collect(Collectors.joining("", HTTP, "")));
	}

	private static String servers(Stream<String> addresses, String suffix) {
		return addresses.map((address) -> "        server " + address + suffix).collect(Collectors.joining());
	}

	private static String replace(String text, String shipped, String here) {
		if (text.split(Pattern.quote(shipped), -1).length != 2) {
			throw new AssertionError("not exactly once in " + SHIPPED + ":\n" + shipped);
		}
		return text.replace(shipped, here);
	}

	private boolean isListening() {
		try (HttpConnection connection = new HttpConnection(base(""))) {
			return connection.send("GET", "/actuator/health/readiness", null) instanceof Outcome.Answered;
		}
	}

	/**
	 * Returns the address of nginx.
	 * @param login the login of the client, as the first part of the address
	 */
	URI base(String login) {
		return URI.create("http://" + login + "127.0.0.1:" + this.port);
	}

	/** The content of its error log. */
	String log() {
		try {
			return Files.readString(this.folder.resolve("log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.end();
	}

}
