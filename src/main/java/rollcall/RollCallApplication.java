package rollcall;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The roll call server.
 */
@SpringBootApplication
public class RollCallApplication {

	public static void main(String[] args) {
		SpringApplication.run(RollCallApplication.class, args);
	}

}
