package rollcall.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A Unix socket as streams. The streams of JDK 17 share one lock for both directions, so
 * a writer would wait for a reader.
 */
final class UnixStreams {

	private UnixStreams() {
	}

	static InputStream in(SocketChannel channel) {
		return new InputStream() {
			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				return (length == 0) ? 0 : channel.read(ByteBuffer.wrap(buffer, offset, length));
			}

			@Override
			public void close() throws IOException {
				channel.close();
			}
		};
	}

	static OutputStream out(SocketChannel channel) {
		return new OutputStream() {
			@Override
			public void write(int octet) throws IOException {
				write(new byte[] { (byte) octet }, 0, 1);
			}

			@Override
			public void write(byte[] buffer, int offset, int length) throws IOException {
				ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
			}

			@Override
			public void close() throws IOException {
				channel.close();
			}
		};
	}

}
