package rollcall;

import java.time.Clock;

import rollcall.load.OutOfMemoryExit;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * The roll call server.
 */
@SpringBootApplication
public class RollCallApplication {

	/**
	 * Tomcat allocates three buffers of this size for each WebSocket. An event has about
	 * 200 bytes.
	 */
	private static final String WEBSOCKET_BUFFER_BYTES = "2048";

	/**
	 * Starts the server.
	 * @param args settings such as {@code --server.port=80}
	 */
	public static void main(String[] args) {
		OutOfMemoryExit.install();
		System.setProperty("org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE", WEBSOCKET_BUFFER_BYTES);
		SpringApplication.run(RollCallApplication.class, args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
