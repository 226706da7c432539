package dev.engram.store.catalogue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The database server's time, so that heartbeats of workers on several machines compare. It is asked for once per ten minutes and goes on by this machine's monotonic
 * clock; and again when this machine's time of day does not go along, which was set then, or the machine slept.
 */
final class DatabaseClock implements InstantSource {

    private static final Duration VALIDITY = Duration.ofMinutes(10);
    private static final Duration JUMP = Duration.ofSeconds(1);

    private final DataSource source;
    private final InstantSource local;
    private final LongSupplier nanoTime;
    private volatile Reading reading;

    DatabaseClock(DataSource source) {
        this(source, InstantSource.system(), System::nanoTime);
    }

    DatabaseClock(DataSource source, InstantSource local, LongSupplier nanoTime) {
        this.source = source;
        this.local = local;
        this.nanoTime = nanoTime;
    }

    @Override
    public Instant instant() {
        var known = reading;
        if (known == null || isStale(known)) {
            known = read();
            reading = known;
        }
        return known.server().plus(elapsed(known));
    }

    private boolean isStale(Reading known) {
        var elapsed = elapsed(known);
        var jump = Duration.between(known.local(), local.instant()).minus(elapsed).abs();
        return elapsed.compareTo(VALIDITY) > 0 || jump.compareTo(JUMP) > 0;
    }

    private Duration elapsed(Reading known) {
        return Duration.ofNanos(nanoTime.getAsLong() - known.nanos());
    }

    private Reading read() {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            var server = row.getObject(1, OffsetDateTime.class).toInstant();
            var found = new Reading(server, local.instant(), nanoTime.getAsLong());
            connection.rollback();
            return found;
        } catch (SQLException e) {
            throw SqlFailures.of(e);
        }
    }

    /** What three clocks said at one moment. */
    private record Reading(Instant server, Instant local, long nanos) {}
}
