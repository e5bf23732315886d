package rollcall.access;

import java.io.BufferedReader;
import java.util.Locale;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * A request whose body has been read already. Tomcat knows nothing of that body, so that
 * a form's fields are read here.
 */
final class ArrivedRequest extends HttpServletRequestWrapper {

	private byte[] body = {};

	private @Nullable Map<String, String[]> parameters;

	ArrivedRequest(HttpServletRequest request) {
		super(request);
	}

	void arrived(byte[] body) {
		this.body = body;
	}

	/**
	 * What follows is to treat it as if it had just come: Spring Security's filters too.
	 */
	@Override
	public DispatcherType getDispatcherType() {
		return DispatcherType.REQUEST;
	}

	@Override
	public ServletInputStream getInputStream() {
		return new Body(new ByteArrayInputStream(this.body));
	}

	@Override
	public BufferedReader getReader() {
		return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
	}

	@Override
	public @Nullable String getParameter(String name) {
		String[] values = getParameterMap().get(name);
		return (values != null) ? values[0] : null;
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(getParameterMap().keySet());
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		return getParameterMap().get(name);
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		if (this.parameters == null) {
			this.parameters = Collections.unmodifiableMap(readParameters());
		}
		return this.parameters;
	}

	private Map<String, String[]> readParameters() {
		Map<String, String[]> all = new LinkedHashMap<>(super.getParameterMap());
		if (isForm()) {
			readForm().forEach((name, values) -> all.putIfAbsent(name, values.toArray(String[]::new)));
		}
		return all;
	}

	private boolean isForm() {
		String type = getContentType();
		return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
	}

	private MultiValueMap<String, String> readForm() {
		try {
			return new FormHttpMessageConverter().read(null, new ServletServerHttpRequest(this) {
				@Override
				public java.io.InputStream getBody() {
					return ArrivedRequest.this.getInputStream();
				}
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class Body extends ServletInputStream {

		private final ByteArrayInputStream bytes;

		Body(ByteArrayInputStream bytes) {
			this.bytes = bytes;
		}

		@Override
		public int read() {
			return this.bytes.read();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			return this.bytes.read(buffer, offset, length);
		}

		@Override
		public boolean isFinished() {
			return this.bytes.available() == 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new UnsupportedOperationException();
		}

	}

}
