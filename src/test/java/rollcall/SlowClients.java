package rollcall;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * An attacker: many connections that send or read as slowly as they can, and connect
 * again when the server closes them. A separate program, so that it can run in another
 * network namespace and does not use the memory of the test.
 */
public final class SlowClients {

	private static final int RECEIVE_BUFFER = 4_096;

	private static final int CONNECTS_PER_TURN = 200;

	private static final long TURN_MS = 10;

	private static final long LONGEST_OPENING_NANOS = TimeUnit.MINUTES.toNanos(2);

	private final InetSocketAddress server;

	private final int connections;

	private final byte[] opening;

	private final byte[] afterAnswer;

	private final long pauseNanos;

	private final Set<Client> clients = new HashSet<>();

	private int opened;

	private int closed;

	private SlowClients(InetSocketAddress server, int connections, String opening, String afterAnswer,
			long pauseMillis) {
		this.server = server;
		this.connections = connections;
		this.opening = Base64.getDecoder().decode(opening);
		this.afterAnswer = Base64.getDecoder().decode(afterAnswer);
		this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
	}

	/**
	 * Runs the attack.
	 * @param args address, port, number of connections, duration in seconds, milliseconds
	 * between two bytes of a connection, the bytes that a connection sends first, and the
	 * bytes that it sends after the first bytes of an answer (without them it never
	 * reads); the last two in base64
	 */
	public static void main(String[] args) throws IOException {
		SlowClients attack = new SlowClients(new InetSocketAddress(args[0], Integer.parseInt(args[1])),
				Integer.parseInt(args[2]), args[5], (args.length > 6) ? args[6] : "", Long.parseLong(args[4]));
		attack.run(TimeUnit.SECONDS.toNanos(Long.parseLong(args[3])));
	}

	/** The duration counts from the time when all connections are open. */
	private void run(long nanos) throws IOException {
		long end = System.nanoTime() + LONGEST_OPENING_NANOS;
		boolean told = false;
		try (Selector selector = Selector.open()) {
			while (System.nanoTime() < end) {
				for (int i = 0; i < CONNECTS_PER_TURN && this.clients.size() < this.connections; i++) {
					this.clients.add(new Client(selector));
					this.opened++;
				}
				if (!told && this.clients.size() == this.connections) {
					System.out.println("ready");
					told = true;
					end = System.nanoTime() + nanos;
				}
				selector.select(TURN_MS);
				for (SelectionKey key : selector.selectedKeys()) {
					((Client) key.attachment()).turn(key);
				}
				selector.selectedKeys().clear();
				long now = System.nanoTime();
				Set.copyOf(this.clients).forEach((client) -> client.sendOne(now));
			}
		}
		System.out.println(this.opened + " connections opened, " + this.closed + " closed by the server");
	}

	/** One connection. */
	private final class Client {

		private final SocketChannel channel = SocketChannel.open();

		private ByteBuffer toSend = ByteBuffer.wrap(SlowClients.this.opening);

		private long lastSent;

		Client(Selector selector) throws IOException {
			this.channel.configureBlocking(false);
			this.channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
			// Frees the local port at once; otherwise many closed connections use up the
			// ports.
			this.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
			this.channel.register(selector, SelectionKey.OP_CONNECT, this);
			this.channel.connect(SlowClients.this.server);
		}

		void turn(SelectionKey key) {
			try {
				if (key.isConnectable()) {
					this.channel.finishConnect();
					key.interestOps(SelectionKey.OP_WRITE);
				}
				else if (key.isWritable()) {
					this.channel.write(this.toSend);
					this.lastSent = System.nanoTime();
					if (!this.toSend.hasRemaining()) {
						boolean waits = SlowClients.this.afterAnswer.length > 0
								&& this.toSend.array() != SlowClients.this.afterAnswer;
						key.interestOps(waits ? SelectionKey.OP_READ : 0);
					}
				}
				else if (key.isReadable()) {
					if (this.channel.read(ByteBuffer.allocate(RECEIVE_BUFFER)) < 0) {
						throw new IOException("closed");
					}
					this.toSend = ByteBuffer.wrap(SlowClients.this.afterAnswer);
					key.interestOps(SelectionKey.OP_WRITE);
				}
			}
			catch (IOException ex) {
				gone();
			}
		}

		/** Sends one more byte, which also detects that the server has closed. */
		void sendOne(long now) {
			if (this.lastSent == 0 || this.toSend.hasRemaining() || now - this.lastSent < SlowClients.this.pauseNanos) {
				return;
			}
			this.lastSent = now;
			try {
				this.channel.write(ByteBuffer.wrap(new byte[] { 'x' }));
			}
			catch (IOException ex) {
				gone();
			}
		}

		private void gone() {
			SlowClients.this.closed++;
			SlowClients.this.clients.remove(this);
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// It was closed already.
			}
		}

	}

}
