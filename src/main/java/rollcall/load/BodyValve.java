package rollcall.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads the whole body before anything is done with the request: at most 16 KiB, in at
 * most 8 seconds. It gives the body back in the place of Tomcat's own input buffer, so
 * that Tomcat reads forms and Spring reads JSON as usual.
 */
class BodyValve extends ValveBase {

	private static final int MAX_BYTES = 16_384;

	/**
	 * A body that is a little too large is read to its end: most clients read no answer
	 * before.
	 */
	private static final int MAX_DRAINED_BYTES = 65_536;

	private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(8);

	BodyValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		long length = request.getContentLengthLong();
		if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
			getNext().invoke(request, response);
			return;
		}
		Body body = new Body();
		boolean pointless = length > MAX_DRAINED_BYTES || (length > MAX_BYTES && request.getHeader("Expect") != null);
		int refusal = pointless ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE
				: body.readFrom(request.getCoyoteRequest());
		if (refusal > 0) {
			// Tomcat would read the rest, with no time in all.
			request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			response.sendError(refusal);
			return;
		}
		InputBuffer tomcats = request.getCoyoteRequest().getInputBuffer();
		request.getCoyoteRequest().setInputBuffer(body);
		try {
			getNext().invoke(request, response);
		}
		finally {
			request.getCoyoteRequest().setInputBuffer(tomcats);
		}
	}

	/** A body in memory. */
	private static final class Body implements InputBuffer, ApplicationBufferHandler {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private ByteBuffer buffer = ByteBuffer.allocate(0);

		/** Reads all of it; gives the status of a refusal, or 0. */
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
