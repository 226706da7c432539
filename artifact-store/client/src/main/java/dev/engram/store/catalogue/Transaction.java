package dev.engram.store.catalogue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Statements within one transaction of the catalogue.
 *
 * @param connection not in auto-commit mode
 * @param now the database server's time at the start, microseconds
 */
record Transaction(Connection connection, Instant now) {

    int update(String sql, Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Runs one statement for each row of parameters. */
    void batch(String sql, Collection<Object[]> rows) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters) throws SQLException {
        try (var statement = prepare(sql, parameters);
                var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(mapper.map(rows));
            }
            return Collections.unmodifiableList(found);
        }
    }

    <T> Optional<T> first(String sql, RowMapper<T> mapper, Object... parameters) throws SQLException {
        return query(sql, mapper, parameters).stream().findFirst();
    }

    /** {@code ?, ?, ?} for a list of {@code n} values. */
    static String marks(int n) {
        return String.join(", ", Collections.nCopies(n, "?"));
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            bind(statement, parameters);
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, switch (parameters[i]) {
                case null -> null;
                case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
                case Enum<?> constant -> constant.name();
                case Object other -> other;
            });
        }
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    interface RowMapper<T> {

        T map(ResultSet row) throws SQLException;
    }

    /** Work within a transaction. */
    @FunctionalInterface
    interface Work<T> {

        T run(Transaction transaction) throws SQLException;
    }
}
