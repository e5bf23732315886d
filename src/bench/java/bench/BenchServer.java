package bench;

import java.time.Instant;

import jakarta.validation.Valid;
import rollcall.RollCallApplication;
import rollcall.roll.ClassId;
import rollcall.roll.PresenceReceipt;
import rollcall.roll.PresenceRequest;

import org.springframework.boot.SpringApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The server with one more endpoint, for comparison: it reads, validates and answers like a presence, but stores nothing.
 */
@RestController
public class BenchServer {

	public static void main(String[] args) {
		SpringApplication.run(new Class<?>[] { RollCallApplication.class, BenchServer.class }, args);
	}

	@PostMapping(path = "/noop/{classId}/presence", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	PresenceReceipt answer(@PathVariable ClassId classId, @Valid @RequestBody PresenceRequest presence) {
		return new PresenceReceipt(classId.value(), presence.studentId().value(), Instant.now(), null, null);
	}

}
