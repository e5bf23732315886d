package rollcall.proof;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every fault matches the present source, so that a change of the server shows at once
 * which fault has to be adapted.
 */
class FaultTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@MethodSource("rollcall.proof.PlantedFaultsIT#faults")
	void everyFaultMatchesTheSourceAndCompiles(Fault fault) throws Exception {
		assertThat(fault.plant(this.folder)).isNotEmptyDirectory();
	}

}
