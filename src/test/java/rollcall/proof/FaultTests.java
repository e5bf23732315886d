package rollcall.proof;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every fault still fits the source, so that a change of the server is told at once which
 * fault to word anew.
 */
class FaultTests {

	@TempDir
	Path folder;

	@ParameterizedTest
	@MethodSource("rollcall.proof.PlantedFaultsIT#faults")
	void theFaultFitsTheSourceAndCompiles(Fault fault) throws Exception {
		assertThat(fault.plant(this.folder)).isNotEmptyDirectory();
	}

}
