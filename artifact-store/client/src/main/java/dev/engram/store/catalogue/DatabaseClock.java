package dev.engram.store.catalogue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/**
 * The database server's time, so that heartbeats of workers on several machines compare. The difference to this machine is asked for once
 * per ten minutes.
 */
final class DatabaseClock implements InstantSource {

    private static final Duration VALIDITY = Duration.ofMinutes(10);

    private final DataSource source;
    private volatile Offset offset;

    DatabaseClock(DataSource source) {
        this.source = source;
    }

    @Override
    public Instant instant() {
        var local = Instant.now();
        var known = offset;
        if (known == null || Duration.between(known.measured(), local).abs().compareTo(VALIDITY) > 0) {
            known = measure();
            offset = known;
        }
        return Instant.now().plus(known.ahead());
    }

    private Offset measure() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            var server = row.getObject(1, OffsetDateTime.class).toInstant();
            var local = Instant.now();
            connection.rollback();
            return new Offset(Duration.between(local, server), local);
        } catch (SQLException e) {
            throw SqlFailures.of(e);
        }
    }

    private record Offset(Duration ahead, Instant measured) {}
}
