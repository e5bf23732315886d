package rollcall.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP/1.1 protocol with limits, so that clients cannot use up the heap or the
 * threads. If too many connections are open or hold a thread, it closes those that have
 * kept the server waiting longest. A header also has a total time limit; Tomcat's own
 * time-outs start again with every byte.
 */
public class BoundedConnections extends Http11NioProtocol {

	/**
	 * Estimated heap of a connection with a request in progress. Unfinished headers took
	 * 54 kB.
	 */
	private static final long HEAP_PER_CONNECTION = 50_000;

	private static final long HEADER_NANOS = TimeUnit.SECONDS.toNanos(10);

	/**
	 * Shortest wait after which a connection may be closed while connections or threads
	 * are scarce. With a shorter one, a busy server would close connections that it has
	 * not read yet.
	 */
	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Duration SWEEP = Duration.ofMillis(100);

	private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(BoundedConnections.class);

	private final Requests requests = new Requests(this);

	private Map<SocketWrapperBase<NioChannel>, Long> silentSince = Map.of();

	private int closed;

	private long nextLog = System.nanoTime();

	private @Nullable ScheduledFuture<?> sweeper;

	/** Tomcat calls this constructor by reflection. */
	@SuppressWarnings("this-escape")
	public BoundedConnections() {
		setHandler(this.requests);
		getEndpoint().setHandler(this.requests);
	}

	@Override
	protected Processor createProcessor() {
		return new HostProcessor(this);
	}

	@Override
	public void init() throws Exception {
		setMaxConnections(
				(int) Math.min(getMaxConnections(), Runtime.getRuntime().maxMemory() / 2 / HEAP_PER_CONNECTION));
		super.init();
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.sweeper = getUtilityExecutor().scheduleWithFixedDelay(this::closeLongest, SWEEP.toMillis(),
				SWEEP.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() throws Exception {
		if (this.sweeper != null) {
			this.sweeper.cancel(false);
		}
		super.stop();
	}

	private void closeLongest() {
		try {
			sweep();
		}
		catch (RuntimeException ex) {
			// After an exception the executor would not run it again.
			logger.warn("Slow connections were not closed", ex);
		}
	}

	private void sweep() {
		long now = System.nanoTime();
		Set<SocketWrapperBase<NioChannel>> connections = getEndpoint().getConnections();
		List<Waiting> waiting = waiting(connections, now);
		close(waiting, (one) -> one.isHeader && now - one.since > HEADER_NANOS, Integer.MAX_VALUE);
		Predicate<Waiting> slow = (one) -> now - one.since > PATIENCE_NANOS;
		close(waiting, slow, connections.size() - threeQuarters(getMaxConnections()));
		if (getExecutor() instanceof ThreadPoolExecutor threads) {
			long held = waiting.stream().filter((one) -> one.holdsThread).count();
			close(waiting, slow.and((one) -> one.holdsThread), held - threeQuarters(threads.getMaximumPoolSize()));
		}
		if (this.closed > 0 && now - this.nextLog > 0) {
			logger.warn("{} connections were closed because they made the server wait too long", this.closed);
			this.closed = 0;
			this.nextLog = now + LOG_INTERVAL.toNanos();
		}
	}

	private static int threeQuarters(int limit) {
		return limit / 4 * 3;
	}

	/** Returns the connections that may be closed, the longest waiting first. */
	private List<Waiting> waiting(Set<SocketWrapperBase<NioChannel>> connections, long now) {
		List<Waiting> waiting = new ArrayList<>();
		Map<SocketWrapperBase<NioChannel>, Long> silent = new HashMap<>();
		for (SocketWrapperBase<NioChannel> connection : connections) {
			// The connection has a current processor only while no thread works for it.
			Processor resting = (Processor) connection.getCurrentProcessor();
			Long begun = this.requests.begun.get(connection);
			if (begun != null) {
				waiting.add(new Waiting(connection, begun, resting != null, resting == null));
			}
			else if (resting == null) {
				Long since = this.silentSince.getOrDefault(connection, now);
				silent.put(connection, since);
				waiting.add(new Waiting(connection, since, false, false));
			}
		}
		this.silentSince = silent;
		waiting.sort(Comparator.comparingLong((one) -> one.since - now));
		return waiting;
	}

	private void close(List<Waiting> waiting, Predicate<Waiting> which, long atMost) {
		waiting.stream().filter(which).limit(Math.max(0, atMost)).forEach((one) -> {
			one.close();
			this.closed++;
		});
	}

	/**
	 * A connection that the server waits for. Without a thread it waits for a header or
	 * the next request; with a thread it waits for a body, or for the client to read.
	 */
	private record Waiting(SocketWrapperBase<NioChannel> connection, long since, boolean isHeader,
			boolean holdsThread) {

		/**
		 * Shuts the connection down, so that Tomcat notices it and cleans up. A close
		 * here would give its buffers to other connections while a thread may still write
		 * into them.
		 */
		void close() {
			SocketChannel channel = this.connection.getSocket().getIOChannel();
			if (channel == null) {
				// Tomcat has closed the connection in the meantime.
				return;
			}
			try {
				channel.shutdownInput();
				channel.shutdownOutput();
			}
			catch (IOException ex) {
				logger.trace("The connection was closed already", ex);
			}
		}

	}

	/** Records the start of each request that is being received or answered. */
	private static final class Requests extends ConnectionHandler<NioChannel> {

		private final Map<SocketWrapperBase<NioChannel>, Long> begun = new ConcurrentHashMap<>();

		Requests(BoundedConnections protocol) {
			super(protocol);
		}

		@Override
		public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
			this.begun.putIfAbsent(connection, System.nanoTime());
			boolean unfinishedHeader = false;
			try {
				SocketState state = super.process(connection, event);
				unfinishedHeader = state == SocketState.LONG
						&& connection.getCurrentProcessor() instanceof Processor processor && !processor.isAsync();
				return state;
			}
			finally {
				if (!unfinishedHeader) {
					this.begun.remove(connection);
				}
			}
		}

		@Override
		public void release(SocketWrapperBase<NioChannel> connection) {
			this.begun.remove(connection);
			super.release(connection);
		}

	}

	/**
	 * Also accepts an underscore in the name of a host. Windows allows it in the name of
	 * a computer, and Tomcat refuses it without a setting. The header keeps its value;
	 * only Tomcat's own name of the host gets a hyphen instead.
	 */
	private static final class HostProcessor extends Http11Processor {

		HostProcessor(BoundedConnections protocol) {
			super(protocol, protocol.getAdapter());
		}

		@Override
		protected void parseHost(MessageBytes host) {
			if (host != null && !host.isNull() && host.getByteChunk().indexOf('_', 0) >= 0) {
				byte[] name = host.toString().replace('_', '-').getBytes(StandardCharsets.ISO_8859_1);
				host = MessageBytes.newInstance();
				host.setBytes(name, 0, name.length);
			}
			super.parseHost(host);
		}

	}

}
