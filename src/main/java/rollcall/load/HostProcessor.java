package rollcall.load;

import java.nio.charset.StandardCharsets;

import org.apache.coyote.Adapter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Tomcat's processor of requests, which also accepts an underscore in the name of a host.
 * Windows allows it in the name of a computer, and Tomcat refuses it without a setting.
 * The header keeps its value; only Tomcat's own name of the host gets a hyphen instead.
 */
class HostProcessor extends Http11Processor {

	HostProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
		super(protocol, adapter);
	}

	@Override
	protected void parseHost(MessageBytes host) {
		boolean underscore = host != null && !host.isNull() && host.getByteChunk().indexOf('_', 0) >= 0;
		super.parseHost(underscore ? withHyphens(host) : host);
	}

	private static MessageBytes withHyphens(MessageBytes host) {
		byte[] name = host.toString().replace('_', '-').getBytes(StandardCharsets.ISO_8859_1);
		MessageBytes copy = MessageBytes.newInstance();
		copy.setBytes(name, 0, name.length);
		return copy;
	}

}
