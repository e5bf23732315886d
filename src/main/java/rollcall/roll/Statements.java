package rollcall.roll;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import rollcall.roll.StoreException.Kind;

/**
 * Executes statements on one connection. It keeps each prepared statement, because
 * preparing one takes longer than executing it. Every method throws
 * {@link StoreException} if the driver throws an exception. Public, because the packages
 * of the stores execute their own SQL.
 */
public final class Statements implements AutoCloseable {

	private final Connection connection;

	private final Function<SQLException, Kind> kinds;

	private final Map<String, PreparedStatement> prepared = new HashMap<>();

	/**
	 * Creates the object without prepared statements.
	 * @param connection the connection; {@link #close()} closes it
	 * @param kinds maps an exception of the driver to its kind
	 */
	public Statements(Connection connection, Function<SQLException, Kind> kinds) {
		this.connection = connection;
		this.kinds = kinds;
	}

	/** The connection, for statements that are not prepared. */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * Prepares a statement, and lets the caller execute it.
	 * @param <T> the result
	 * @param sql one or more statements
	 * @param work executes the statement, whose parameters are set
	 * @param parameters the parameters, in order
	 * @return the result of {@code work}
	 * @throws StoreException if the driver threw an exception
	 */
	public <T extends @Nullable Object> T run(String sql, Work<T> work, @Nullable Object... parameters)
			throws StoreException {
		try {
			return work.on(prepare(sql, parameters));
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
	}

	/** Executes one or more statements. */
	public void execute(String sql, @Nullable Object... parameters) throws StoreException {
		run(sql, PreparedStatement::execute, parameters);
	}

	/** Executes a statement that writes and returns the number of rows it affected. */
	public int update(String sql, @Nullable Object... parameters) throws StoreException {
		return run(sql, PreparedStatement::executeUpdate, parameters);
	}

	/**
	 * Executes a query and reads its rows. The reader gets the cursor before the first
	 * row.
	 */
	public <T extends @Nullable Object> T query(String sql, Rows<T> reader, @Nullable Object... parameters)
			throws StoreException {
		return run(sql, (statement) -> {
			try (ResultSet rows = statement.executeQuery()) {
				return reader.read(rows);
			}
		}, parameters);
	}

	/** Executes a query and returns the number in its first row and first column. */
	public long number(String sql, @Nullable Object... parameters) throws StoreException {
		return query(sql, (row) -> {
			row.next();
			return row.getLong(1);
		}, parameters);
	}

	/** Executes a query and reads each of its rows. */
	<T> List<T> list(String sql, Rows<T> row, @Nullable Object... parameters) throws StoreException {
		return query(sql, (rows) -> {
			List<T> list = new ArrayList<>();
			while (rows.next()) {
				list.add(row.read(rows));
			}
			return list;
		}, parameters);
	}

	/** Converts an exception of the driver into a {@link StoreException}. */
	public StoreException failure(SQLException ex) {
		return new StoreException(this.kinds.apply(ex), ex);
	}

	/** Closes the prepared statements and keeps the connection open. */
	public void clear() throws StoreException {
		try {
			for (PreparedStatement statement : this.prepared.values()) {
				statement.close();
			}
			this.prepared.clear();
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
	}

	@Override
	public void close() throws StoreException {
		try {
			this.connection.close();
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
	}

	private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
		PreparedStatement statement = this.prepared.get(sql);
		if (statement == null) {
			statement = this.connection.prepareStatement(sql);
			this.prepared.put(sql, statement);
		}
		for (int i = 0; i < parameters.length; i++) {
			if (parameters[i] instanceof Long number) {
				statement.setLong(i + 1, number);
			}
			else if (parameters[i] instanceof String text) {
				statement.setString(i + 1, text);
			}
			else {
				statement.setObject(i + 1, parameters[i]);
			}
		}
		return statement;
	}

	/**
	 * Executes a prepared statement.
	 *
	 * @param <T> the result
	 */
	@FunctionalInterface
	public interface Work<T extends @Nullable Object> {

		/** Executes the statement, whose parameters are set, and returns the result. */
		T on(PreparedStatement statement) throws SQLException;

	}

	/**
	 * Reads rows.
	 *
	 * @param <T> the result
	 */
	@FunctionalInterface
	public interface Rows<T extends @Nullable Object> {

		/** Reads rows and returns the result; must not close the rows. */
		T read(ResultSet rows) throws SQLException;

	}

}
