package rollcall.proof;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rollcall.Needs;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Acknowledged means on the disk: between the request and its answer the server's system
 * calls show a write to the log and a completed fsync of it. A kill cannot show this,
 * because the page cache survives it.
 */
@Tag("jvm")
class FsyncIT {

	private static final String TRACED = "trace=read,recvfrom,write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync";

	@TempDir
	Path folder;

	@Test
	void everyAnswerWaitsForItsFsync() throws Exception {
		Path out = this.folder.resolve("trace");
		String[] strace = { "strace", "-f", "-y", "--seccomp-bpf", "-s", "2048", "-e", TRACED, "-o", out.toString() };
		Needs.that(Needs.runs("strace", "-f", "--seccomp-bpf", "-e", "trace=fsync", "-o", "/dev/null", "true"),
				"strace (Debian package strace) shows the server's system calls");
		List<String> students = IntStream.range(0, Volume.of(200, 3_000)).mapToObj((i) -> "fs-" + i + "-x").toList();
		History history = new History();
		try (ServerProcess server = ServerProcess.on(this.folder.resolve("data")).wrappedIn(strace).start();
				RollCallClient client = new RollCallClient(server.base(), history)) {
			client.start(1);
			students.forEach((student) -> client.present(1, student));
			client.end(1, null);
			server.stop();
		}
		assertThat(history.presences(Call.Recorded.class)).isEqualTo(students.size());
		assertThat(history.violations()).isEmpty();
		SyscallTrace trace = new SyscallTrace(Files.readAllLines(out, StandardCharsets.ISO_8859_1));
		assertThat(students.stream().map(trace::doubt).filter((doubt) -> !doubt.isEmpty()).toList()).isEmpty();
		System.out.println("fsync: " + students.size() + " presences, each after one of " + trace.syncs()
				+ " completed fsyncs of the log");
	}

}
