package rollcall.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import rollcall.DatabaseClock;
import rollcall.PostgresServer;
import rollcall.Relay;

/**
 * A possible programming error: an exact piece of one source file and its replacement.
 * Planting fails if the source does not contain the piece any more.
 *
 * @param source below {@code src/main/java}
 * @param broken the promise that it breaks, possibly with others
 * @param edits pairs of a piece, which occurs exactly once, and its replacement
 */
record Fault(String name, String source, Driver driver, Promise broken, List<String> edits) {

	private static final Path SOURCES = Path.of("src", "main", "java");

	static Fault of(String name, String source, Driver driver, Promise broken, String... edits) {
		return new Fault(name, source, driver, broken, List.of(edits));
	}

	/** Compiles the altered source. Returns the folder of its classes. */
	Path plant(Path folder) throws IOException {
		String text = Files.readString(SOURCES.resolve(this.source));
		for (int i = 0; i < this.edits.size(); i += 2) {
			String piece = this.edits.get(i);
			int at = text.indexOf(piece);
			if (at < 0 || text.indexOf(piece, at + 1) >= 0) {
				throw new AssertionError(this.name + ": not exactly once in " + this.source + ":\n" + piece);
			}
			text = text.replace(piece, this.edits.get(i + 1));
		}
		Path altered = folder.resolve("source").resolve(this.source);
		Files.createDirectories(altered.getParent());
		Files.writeString(altered, text);
		return compile(altered, Files.createDirectory(folder.resolve("classes")));
	}

	private Path compile(Path altered, Path classes) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, null,
				StandardCharsets.UTF_8)) {
			List<String> options = List.of("-proc:none", "-parameters", "--release", "17", "-d", classes.toString(),
					"-cp", ServerProcess.Setup.realClassPath());
			if (!compiler.getTask(null, files, diagnostics, options, null, files.getJavaFileObjects(altered)).call()) {
				throw new AssertionError(this.name + " does not compile: " + diagnostics.getDiagnostics());
			}
		}
		return classes;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/** The proof that must detect the fault. */
	enum Driver {

		RACE {
			@Override
			Tally run(Path folder, Path altered) {
				try (ServerProcess server = server(folder, altered)) {
					return new RaceDriver(Volume.seed()).run(server.base(), 20_000);
				}
			}
		},

		MODEL {
			@Override
			Tally run(Path folder, Path altered) {
				Path data = folder.resolve("data");
				Tally tally = new Tally();
				try (ServerProcess server = ServerProcess.on(data)
					.settings("--rollcall.max-students-per-roll=" + ModelIT.MAX_STUDENTS)
					.altered(altered)
					.start()) {
					new ModelDriver(Volume.seed(), ModelIT.MAX_STUDENTS, (classId) -> ModelIT.abandon(data, classId))
						.run(server.base(), 50);
				}
				catch (AssertionError wrong) {
					tally.report(new Violation(Promise.CONTRACT, String.valueOf(wrong.getMessage())));
				}
				return tally;
			}
		},

		KILL {
			@Override
			Tally run(Path folder, Path altered) {
				try (ServerProcess server = server(folder, altered)) {
					return new KillDriver(server, Volume.seed()).run(20);
				}
			}
		},

		WAITING {
			@Override
			Tally run(Path folder, Path altered) {
				Path data = folder.resolve("data");
				try (ServerProcess server = ServerProcess.on(data)
					.settings(WaitingDriver.SETTINGS)
					.altered(altered)
					.start()) {
					return new WaitingDriver(server, data, Volume.seed()).run(8);
				}
			}
		},

		FAILING_DISK {
			@Override
			Tally run(Path folder, Path altered) {
				try (ServerProcess server = server(folder, altered)) {
					return new FailingDiskDriver(server, Volume.seed()).run(5);
				}
			}
		},

		RACE_OF_A_CLUSTER {
			@Override
			Tally run(Path folder, Path altered) {
				try (Cluster cluster = cluster(PostgresServer.shared(), folder, altered)) {
					return new RaceDriver(Volume.seed()).run(cluster.base(), 20_000);
				}
			}
		},

		CODES {
			@Override
			Tally run(Path folder, Path altered) {
				// It pauses its PostgreSQL, so no other test may use it.
				try (PostgresServer database = PostgresServer.start()) {
					PostgresServer.Database rolls = database.newDatabase();
					try (DatabaseClock clock = new DatabaseClock(rolls);
							ServerProcess server = Cluster.node(rolls.url())
								.settings(DatabaseClock.SETTING)
								.altered(altered)
								.start()) {
						return new CodeDriver(server.base(), server.base(), database, clock).run();
					}
				}
			}
		},

		LISTENERS_ENDED {
			@Override
			Tally run(Path folder, Path altered) {
				// It ends all listeners of its PostgreSQL, so no other test may use it.
				try (PostgresServer database = PostgresServer.start();
						Cluster cluster = cluster(database, folder, altered);
						Relay teachers = new Relay(cluster.base().getPort())) {
					return new FaultDriver(cluster, database, List.of(), teachers, Volume.seed())
						.run(List.of(FaultDriver.Kind.LISTENERS_ENDED), 20);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		};

		/**
		 * Runs against altered servers until a promise is broken or the volume is
		 * reached.
		 */
		abstract Tally run(Path folder, Path altered);

		private static ServerProcess server(Path folder, Path altered) {
			return ServerProcess.on(folder.resolve("data")).altered(altered).start();
		}

		private static Cluster cluster(PostgresServer database, Path folder, Path altered) {
			String url = database.newDatabase().url();
			return Cluster.start(folder, List.of(url, url), (node) -> node.altered(altered));
		}

	}

}
