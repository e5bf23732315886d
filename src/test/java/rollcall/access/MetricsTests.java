package rollcall.access;

import org.junit.jupiter.api.Test;
import rollcall.Http;
import rollcall.Needs;
import rollcall.ServerTest;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The metrics contain numbers only, and no ids of classes or students.
 */
@ServerTest
class MetricsTests {

	@LocalServerPort
	int port;

	@Test
	void metricsContainNoIds() {
		Http http = new Http(this.port);
		long classId = Http.newClassId();
		http.start(classId);
		http.present(classId, "distinctive-042191010");
		String open = http.get("/actuator/prometheus").text();
		http.delete("/classes/" + classId + "/roll");
		http.present(classId, "distinctive-too-late");
		String ended = http.get("/actuator/prometheus").text();
		assertThat(open + ended)
			.contains("\nrollcall_sockets ", "\njvm_threads_live_threads ", "\nprocess_uptime_seconds ")
			.doesNotContain("distinctive", "/classes");
	}

	@Test
	void requestsAreNotTimed() {
		Http http = new Http(this.port);
		http.get("/");
		assertThat(http.get("/actuator/prometheus").text()).doesNotContain("http_server_requests", "spring_security");
	}

	/** Maven creates the SBOM, unless it runs offline. */
	@Test
	void sbomListsTheLibrariesOfTheJar() {
		Needs.that(MetricsTests.class.getResource("/META-INF/sbom/application.cdx.json") != null,
				"the SBOM, which Maven makes without --offline");
		assertThat(new Http(this.port).get("/actuator/sbom/application").text())
			.contains("\"bomFormat\" : \"CycloneDX\"", "pkg:maven/org.xerial/sqlite-jdbc@")
			.doesNotContain("playwright", "archunit");
	}

	@Test
	void otherMetersAreNotShown() {
		assertThat(new Http(this.port).get("/actuator/metrics").status()).isEqualTo(404);
	}

}
