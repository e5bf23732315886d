package rollcall;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * src/docs/presence.md lists the types that a presence passes, from Tomcat's thread to
 * the subscriber's frame, and the types that these use. The test compares the lists with
 * the stacks of the server's threads while presences arrive: platform threads, because
 * the JVM does not list virtual ones. Records and exceptions carry data and are not
 * listed.
 */
@ServerTest
@TestPropertySource(properties = "spring.threads.virtual.enabled=false")
class PresencePathIT {

	private static final Path DOCUMENT = Path.of("src", "docs", "presence.md");

	private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z]+)` \\|.*");

	private static final String SECOND_LIST = "They use:";

	private static final int MOST_PASSED = 13;

	/** Long enough to see also types that are rarely in a stack. */
	private static final Duration AT_LEAST = Duration.ofSeconds(3);

	/**
	 * Types or methods that run on the same threads, or at the same time, but not as part
	 * of a presence.
	 */
	private static final Set<String> BESIDE_PRESENCES = Set.of("KeptSession.upkeep", "StoreHealthIndicator");

	private final int port;

	private final Http http;

	PresencePathIT(@LocalServerPort int port) {
		this.port = port;
		this.http = new Http(port);
	}

	@Test
	void theDocumentListsTheTypesThatAPresencePasses() throws Exception {
		List<String> lines = Files.readAllLines(DOCUMENT);
		int second = lines.indexOf(SECOND_LIST);
		List<String> passed = types(lines.subList(0, second));
		List<String> used = types(lines.subList(second, lines.size()));
		assertThat(passed).hasSizeLessThanOrEqualTo(MOST_PASSED);
		assertThat(used).isNotEmpty().doesNotContainAnyElementsOf(passed);
		Set<String> seen = new TreeSet<>();
		AtomicBoolean running = new AtomicBoolean(true);
		long classId = Http.newClassId();
		ExecutorService students = Executors.newFixedThreadPool(4);
		try (StompSocket subscriber = StompSocket.connect(this.port)) {
			subscriber.subscribe(this.http.start(classId).member("topic"));
			for (int i = 0; i < 4; i++) {
				String prefix = i + "-";
				students.execute(() -> {
					for (int n = 0; running.get(); n++) {
						this.http.present(classId, prefix + n);
					}
				});
			}
			long began = System.nanoTime();
			long nanos = 0;
			while (nanos < AT_LEAST.toNanos() || !seen.containsAll(passed) && nanos < Await.DEADLINE.toNanos()) {
				Thread.getAllStackTraces().values().forEach((stack) -> addTypes(stack, seen));
				nanos = System.nanoTime() - began;
			}
		}
		finally {
			running.set(false);
			students.shutdown();
			this.http.delete("/classes/" + classId + "/roll");
		}
		assertThat(seen).containsAll(passed);
		seen.removeAll(passed);
		assertThat(used).containsAll(seen);
	}

	private static List<String> types(List<String> lines) {
		List<String> types = new ArrayList<>();
		for (String line : lines) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				types.add(row.group(1));
			}
		}
		return types;
	}

	private static void addTypes(StackTraceElement[] stack, Set<String> types) {
		Set<String> found = new TreeSet<>();
		for (StackTraceElement frame : stack) {
			Class<?> type = ownType(frame.getClassName());
			if (type != null && (BESIDE_PRESENCES.contains(type.getSimpleName())
					|| BESIDE_PRESENCES.contains(type.getSimpleName() + "." + frame.getMethodName()))) {
				return;
			}
			if (type != null && !type.isRecord() && !Throwable.class.isAssignableFrom(type)) {
				found.add(type.getSimpleName());
			}
		}
		types.addAll(found);
	}

	/** The top-level class of the server that a frame belongs to; null for others. */
	private static Class<?> ownType(String name) {
		if (!name.startsWith("rollcall.")) {
			return null;
		}
		try {
			Class<?> type = Class.forName(name.replaceFirst("\\$.*", ""));
			boolean own = type.getProtectionDomain()
				.getCodeSource()
				.equals(RollCallApplication.class.getProtectionDomain().getCodeSource());
			return own ? type : null;
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

}
