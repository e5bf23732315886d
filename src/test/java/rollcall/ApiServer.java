package rollcall;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A complete server with its own settings. A request with the header Mistake fails. */
record ApiServer(ConfigurableApplicationContext context) implements AutoCloseable {

	static ApiServer start(String... settings) {
		List<String> arguments = new ArrayList<>(List.of(settings));
		arguments.add("--server.port=0");
		return new ApiServer(new SpringApplicationBuilder(RollCallApplication.class, Mistake.class)
			.initializers(new TestDataFolder())
			.run(arguments.toArray(String[]::new)));
	}

	Http http() {
		return new Http(this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/** A connection to the server's database, as from another program. */
	Connection store() throws SQLException {
		String folder = this.context.getEnvironment().getRequiredProperty("rollcall.data-dir");
		return DriverManager.getConnection("jdbc:sqlite:" + folder + "/rollcall.db?busy_timeout=60000");
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Throws an exception for a request with the header Mistake. */
	static final class Mistake implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			if (((HttpServletRequest) request).getHeader("Mistake") != null) {
				throw new IllegalStateException("made on purpose");
			}
			chain.doFilter(request, response);
		}

	}

}
