package rollcall.proof;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trace is a proof only if it shows the write, the fsync and the answer in this order.
 */
class SyscallTraceTests {

	private static final String ASKED = "7 read(9<socket:[1]>, \"POST {\\\"studentId\\\":\\\"ana\\\"}\", 8192) = 99";

	private static final String WRITTEN = "8 pwrite64(5</d/rollcall.db-wal>, \"\\0\"..., 4096, 56) = 4096";

	private static final String SYNCED = "8 fdatasync(5</d/rollcall.db-wal>) = 0";

	private static final String ANSWERED = "7 write(9<socket:[1]>, \"HTTP/1.1 200 {\\\"studentId\\\":\\\"ana\\\"}\", 99) = 99";

	@Test
	void aWriteThenAnFsyncThenTheAnswerIsAProof() {
		assertThat(doubt(ASKED, WRITTEN, SYNCED, ANSWERED)).isEmpty();
	}

	@Test
	void overlappingCallsAreReadFromTheirTwoLines() {
		assertThat(doubt(ASKED, WRITTEN, "8 fsync(5</d/rollcall.db-wal> <unfinished ...>", "8 <... fsync resumed>) = 0",
				ANSWERED))
			.isEmpty();
		assertThat(doubt(ASKED, WRITTEN, "8 fsync(5</d/rollcall.db-wal> <unfinished ...>", ANSWERED,
				"8 <... fsync resumed>) = 0"))
			.contains("no fsync");
	}

	@Test
	void aMissingFsyncProvesNothing() {
		assertThat(doubt(ASKED, WRITTEN, ANSWERED, SYNCED)).contains("no fsync");
		assertThat(doubt(ASKED, SYNCED, WRITTEN, ANSWERED)).contains("no fsync");
	}

	@Test
	void aFailedFsyncProvesNothing() {
		assertThat(doubt(ASKED, WRITTEN, "8 fdatasync(5</d/rollcall.db-wal>) = -1 EIO (error)", ANSWERED))
			.contains("no fsync");
	}

	@Test
	void anFsyncOfAnotherFileProvesNothing() {
		assertThat(doubt(ASKED, WRITTEN, "8 fdatasync(4</d/rollcall.db>) = 0", ANSWERED)).contains("no fsync");
	}

	@Test
	void aPresenceOutsideTheTraceProvesNothing() {
		assertThat(doubt(WRITTEN, SYNCED, ANSWERED)).contains("not seen");
	}

	private static String doubt(String... lines) {
		return new SyscallTrace(List.of(lines)).doubt("ana");
	}

}
