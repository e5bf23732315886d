package rollcall.load;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

import org.springframework.http.HttpHeaders;

/**
 * Closes a connection after its answer if the next request is there already. Browsers and
 * proxies wait for each answer. A client that does not, and reads none, would let a
 * thousand threads fill its buffers at the same time. HTTP allows it: the client sends
 * the other requests again.
 */
class PipeliningValve extends ValveBase {

	/** Some old clients end a body with an empty line that is not counted. */
	private static final int EMPTY_LINE_BYTES = 2;

	PipeliningValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		org.apache.coyote.Request received = request.getCoyoteRequest();
		if (received.getInputBuffer() instanceof ApplicationBufferHandler input
				&& input.getByteBuffer().remaining() > Math.max(0, received.getContentLengthLong()) + EMPTY_LINE_BYTES
				&& received.getHeader("Transfer-Encoding") == null) {
			response.setHeader(HttpHeaders.CONNECTION, "close");
		}
		getNext().invoke(request, response);
	}

}
