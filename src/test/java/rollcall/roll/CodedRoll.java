package rollcall.roll;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import rollcall.Http;

import org.springframework.context.ApplicationContext;

/**
 * An open roll that requires a code. Its start in the store is ten minutes ago, so that a
 * test has codes and tickets of the past and need not wait for them.
 */
public final class CodedRoll {

	private static final Duration AGE = Duration.ofMinutes(10);

	private final RollStore store;

	private final Http http;

	private final long classId;

	private final CodeSeries codes;

	private CodedRoll(RollStore store, Http http, long classId, CodeSeries codes) {
		this.store = store;
		this.http = http;
		this.classId = classId;
		this.codes = codes;
	}

	/** Starts the roll of a class on a server with an embedded store. */
	public static CodedRoll start(ApplicationContext server, Http http, long classId) {
		if (http.sendJson("/classes/" + classId + "/roll", "{\"code\": true}").status() != 201) {
			throw new IllegalStateException("The roll did not start");
		}
		try (Connection database = DriverManager.getConnection("jdbc:sqlite:"
				+ server.getBean(RollCallProperties.class).dataDir() + "/rollcall.db?busy_timeout=60000");
				PreparedStatement move = database.prepareStatement(
						"UPDATE roll SET started_at = started_at - ? WHERE class_id = ? AND ended_at IS NULL"
								+ " RETURNING code_key")) {
			move.setLong(1, AGE.toMillis());
			move.setLong(2, classId);
			try (ResultSet row = move.executeQuery()) {
				row.next();
				return new CodedRoll(server.getBean(RollStore.class), http, classId, new CodeSeries(row.getString(1)));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The code that the teacher's pages show now. */
	public String code() {
		return this.http.get("/classes/" + this.classId + "/roll/code")
			.json()
			.path("codes")
			.path(0)
			.path("code")
			.asString();
	}

	/** The code that was shown some time ago; in the future if the time is negative. */
	public String code(Duration ago) {
		return this.codes.of(CodeSeries.step(System.currentTimeMillis() - ago.toMillis())).letters();
	}

	/** The ticket that a phone got some time ago, when it opened the link with a code. */
	public String ticket(String code, String phone, Duration ago) {
		StoreClock then = new StoreClock();
		then.saw(System.currentTimeMillis() - ago.toMillis());
		return new CodeTickets(this.store, then).issue(new ClassId(this.classId), code, phone);
	}

}
