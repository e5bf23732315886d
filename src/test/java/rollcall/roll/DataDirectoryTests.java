package rollcall.roll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTests {

	@TempDir
	Path parent;

	@Test
	void secondTakerIsRefusedUntilTheFirstHasGone() throws IOException {
		Path folder = this.parent.resolve("data");
		DataDirectory first = DataDirectory.take(folder);
		assertThatExceptionOfType(StoreStartException.class).isThrownBy(() -> DataDirectory.take(folder))
			.withMessageContaining("Another roll call server")
			.withMessageContaining(folder.toString())
			.satisfies((refusal) -> assertThat(refusal.action()).contains("--rollcall.data-dir="));
		first.close();
		DataDirectory.take(folder).close();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void newFolderIsForThisUserAlone() throws IOException {
		Path folder = this.parent.resolve("a/b");
		DataDirectory.take(folder).close();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
	}

	@Test
	void fileInPlaceOfTheFolderIsRefused() throws IOException {
		Path file = Files.createFile(this.parent.resolve("data"));
		assertThatExceptionOfType(StoreStartException.class).isThrownBy(() -> DataDirectory.take(file))
			.withMessageContaining("cannot be used");
	}

}
