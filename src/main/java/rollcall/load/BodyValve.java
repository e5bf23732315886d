package rollcall.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;

/**
 * Reads the whole body before the request takes effect: at most 16 KiB in at most 8
 * seconds. Then it replaces Tomcat's input buffer with the body, so that Tomcat reads
 * forms and Spring reads JSON as usual. It also refuses bodies that Spring cannot read,
 * and closes connections with pipelined requests.
 */
class BodyValve extends ValveBase {

	private static final int MAX_BYTES = 16_384;

	/**
	 * A body that is a little too large is read to its end, because most clients read the
	 * answer only after they have sent the whole body.
	 */
	private static final int MAX_DRAINED_BYTES = 65_536;

	private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(8);

	/** Some old clients send an empty line after a body and do not count it. */
	private static final int EMPTY_LINE_BYTES = 2;

	private static final String IDENTITY = "identity";

	BodyValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		org.apache.coyote.Request received = request.getCoyoteRequest();
		long length = request.getContentLengthLong();
		boolean chunked = received.getHeader("Transfer-Encoding") != null;
		if (!chunked && isNextRequestReceived(received)) {
			response.setHeader(HttpHeaders.CONNECTION, "close");
		}
		if (length == 0 || (length < 0 && !chunked)) {
			invokeIfReadable(request, response);
			return;
		}
		Body body = new Body();
		boolean refusedUnread = length > MAX_DRAINED_BYTES
				|| (length > MAX_BYTES && request.getHeader("Expect") != null);
		int refusal = refusedUnread ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE : body.readFrom(received);
		if (refusal > 0) {
			// Tomcat would read the rest without a time limit.
			received.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			response.sendError(refusal);
			return;
		}
		InputBuffer original = received.getInputBuffer();
		received.setInputBuffer(body);
		try {
			invokeIfReadable(request, response);
		}
		finally {
			received.setInputBuffer(original);
		}
	}

	/**
	 * Browsers and proxies wait for each answer before the next request. Another client
	 * could let a thousand threads fill its receive buffers at the same time, so its
	 * connection is closed after the first answer. HTTP allows this: the client repeats
	 * the other requests.
	 */
	private static boolean isNextRequestReceived(org.apache.coyote.Request received) {
		return received.getInputBuffer() instanceof ApplicationBufferHandler input
				&& input.getByteBuffer().remaining() > Math.max(0, received.getContentLengthLong()) + EMPTY_LINE_BYTES;
	}

	/**
	 * Refuses a compressed body, because Spring would not decompress it. Refuses a
	 * content type with a wildcard, because Spring may throw an exception for it after
	 * the request took effect.
	 */
	private void invokeIfReadable(Request request, Response response) throws IOException, ServletException {
		boolean compressed = isCompressed(request);
		if (compressed) {
			response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
		}
		if (compressed || isWildcard(request.getContentType())) {
			response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
			return;
		}
		getNext().invoke(request, response);
	}

	private static boolean isCompressed(Request request) {
		return request.getHeader(HttpHeaders.CONTENT_ENCODING) != null
				&& Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))
					.stream()
					.flatMap((value) -> StringUtils.commaDelimitedListToSet(value).stream())
					.map(String::strip)
					.anyMatch((encoding) -> !encoding.isEmpty() && !encoding.equalsIgnoreCase(IDENTITY));
	}

	private static boolean isWildcard(@Nullable String contentType) {
		return contentType != null && contentType.indexOf('*') >= 0
				&& StringUtils.delimitedListToStringArray(contentType, ";")[0].contains("*");
	}

	/** A body in memory, read and then given to Tomcat. */
	private static final class Body implements InputBuffer, ApplicationBufferHandler {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private ByteBuffer buffer = ByteBuffer.allocate(0);

		/** Reads the body; returns the status of a refusal, 0 if there is none. */
		int readFrom(org.apache.coyote.Request request) {
			long began = System.nanoTime();
			int size = 0;
			try {
				while (size <= MAX_DRAINED_BYTES && request.doRead(this) >= 0) {
					size += this.buffer.remaining();
					if (size <= MAX_BYTES) {
						this.bytes.write(this.buffer.array(), this.buffer.arrayOffset() + this.buffer.position(),
								this.buffer.remaining());
					}
					if (System.nanoTime() - began > MAX_NANOS) {
						return HttpServletResponse.SC_REQUEST_TIMEOUT;
					}
				}
			}
			catch (SocketTimeoutException ex) {
				return HttpServletResponse.SC_REQUEST_TIMEOUT;
			}
			catch (IOException ex) {
				return HttpServletResponse.SC_BAD_REQUEST;
			}
			this.buffer = ByteBuffer.wrap(this.bytes.toByteArray());
			return (size > MAX_BYTES) ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE : 0;
		}

		@Override
		public int doRead(ApplicationBufferHandler reader) {
			int count = this.buffer.remaining();
			if (count == 0) {
				return -1;
			}
			reader.setByteBuffer(this.buffer.slice());
			this.buffer.position(this.buffer.limit());
			return count;
		}

		@Override
		public int available() {
			return this.buffer.remaining();
		}

		@Override
		public void setByteBuffer(ByteBuffer buffer) {
			this.buffer = buffer;
		}

		@Override
		public ByteBuffer getByteBuffer() {
			return this.buffer;
		}

		@Override
		public void expand(int size) {
		}

	}

}
