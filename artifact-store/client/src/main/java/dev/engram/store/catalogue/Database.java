package dev.engram.store.catalogue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.engram.store.DatabaseSettings;
import dev.engram.store.RetryPolicy;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;

/** Connections and transactions. What fails because the database is away or two writers met is tried again, unless it may have been committed. */
final class Database implements AutoCloseable {

    private static final long WAIT_FOR_CONNECTION_MILLIS = 3_000;

    private final HikariDataSource pool;
    private final RetryPolicy retry;
    private final InstantSource clock;

    private Database(HikariDataSource pool, RetryPolicy retry, InstantSource clock) {
        this.pool = pool;
        this.retry = retry;
        this.clock = clock;
    }

    /** Connects lazily: nothing is asked of the database yet. */
    static Database open(DatabaseSettings settings, int connections, RetryPolicy retry) {
        var pool = pool(settings, connections);
        return new Database(pool, retry, new DatabaseClock(pool));
    }

    /** As above, with a clock of the caller's in place of the server's. */
    static Database open(DatabaseSettings settings, int connections, RetryPolicy retry, InstantSource clock) {
        return new Database(pool(settings, connections), retry, clock);
    }

    private static HikariDataSource pool(DatabaseSettings settings, int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setDriverClassName(driver(settings.url()));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(WAIT_FOR_CONNECTION_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setPoolName("catalogue");
        return new HikariDataSource(config);
    }

    private static String driver(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return "org.postgresql.Driver";
        }
        if (url.startsWith("jdbc:h2:")) {
            return "org.h2.Driver";
        }
        throw new StoreRefusedException("engram.db.url must begin with jdbc:postgresql: or jdbc:h2:, was " + url, null);
    }

    DataSource source() {
        return pool;
    }

    InstantSource clock() {
        return clock;
    }

    <T> T transact(Transaction.Work<T> work) {
        try {
            return retry.call(() -> once(work));
        } catch (CommitUnknown e) {
            if (SqlFailures.isFull(e.reason())) {
                throw SqlFailures.of(e.reason());
            }
            throw new StoreUnavailableException("the catalogue went away during a commit, which may have been done or not", e.getCause());
        }
    }

    private <T> T once(Transaction.Work<T> work) {
        if (pool.isClosed()) {
            throw new StoreUnavailableException("this process is stopping and has left the catalogue", null);
        }
        try {
            return attempt(work);
        } catch (SQLException e) {
            if (!SqlFailures.isClosed(e)) {
                throw SqlFailures.of(e);
            }
            // H2 closes a database that it could not write to, and opens it again for a new connection: the ones there are of no use.
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        try {
            return attempt(work);
        } catch (SQLException e) {
            throw SqlFailures.of(e);
        }
    }

    private <T> T attempt(Transaction.Work<T> work) throws SQLException {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        try (var connection = pool.getConnection()) {
            T result = run(new Transaction(connection, now), work);
            commit(connection);
            return result;
        }
    }

    private static <T> T run(Transaction transaction, Transaction.Work<T> work) throws SQLException {
        var connection = transaction.connection();
        try {
            return work.run(transaction);
        } catch (SQLException | RuntimeException | Error e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** A commit whose answer got lost may have happened, so it is not tried again here. */
    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new CommitUnknown(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Passes the retries: the work may have been done. */
    private static final class CommitUnknown extends RuntimeException {

        CommitUnknown(SQLException cause) {
            super(cause);
        }

        SQLException reason() {
            return (SQLException) getCause();
        }
    }
}
