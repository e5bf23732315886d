package rollcall.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import rollcall.Await;
import rollcall.FreePort;

/**
 * Nodes on one database behind nginx with the configuration file of src/deploy.
 */
final class Cluster implements AutoCloseable {

	private static final String TEACHER = "ana";

	private static final String PASSWORD = "secret";

	private final List<ServerProcess> nodes = new ArrayList<>();

	private NginxServer proxy;

	private Cluster(Path folder, List<String> urls, UnaryOperator<ServerProcess.Setup> with) throws IOException {
		List<Integer> ports = new ArrayList<>();
		for (String url : urls) {
			int port = FreePort.next();
			ports.add(port);
			// All nodes start at the same time, also on an empty database: one of them
			// creates the tables.
			this.nodes.add(with.apply(node(url).settings("--server.port=" + port)).startWithoutWaiting());
		}
		this.nodes.forEach(ServerProcess::awaitReady);
		this.proxy = NginxServer.start(Files.createDirectories(folder.resolve("nginx")), ports);
	}

	/**
	 * Starts a cluster and waits until every node is ready.
	 * @param folder the folder for the proxy
	 * @param urls the address of the database for each node
	 */
	static Cluster start(Path folder, List<String> urls) {
		return start(folder, urls, (node) -> node);
	}

	static Cluster start(Path folder, List<String> urls, UnaryOperator<ServerProcess.Setup> with) {
		try {
			return new Cluster(folder, urls, with);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A node behind a proxy on this machine. */
	static ServerProcess.Setup node(@Nullable String url) {
		return ServerProcess.onDatabase(url)
			.teacher(TEACHER, PASSWORD)
			.settings("--rollcall.trusted-proxies=127.0.0.1", "--rollcall.drain=5s");
	}

	/** The address of the proxy. */
	URI base() {
		return this.proxy.base(TEACHER + ":" + PASSWORD + "@");
	}

	List<ServerProcess> nodes() {
		return Collections.unmodifiableList(this.nodes);
	}

	void awaitReady() {
		Await.until("every node is ready", () -> this.nodes.stream().allMatch((node) -> node.readiness() == 200));
	}

	@Override
	public void close() {
		if (this.proxy != null) {
			this.proxy.close();
		}
		this.nodes.forEach(ServerProcess::close);
	}

}
