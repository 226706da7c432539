package dev.engram.store.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** A machine whose time of day is not to be relied on. */
class DatabaseClockTest {
    /** The server's time of day, which is this machine's, may be corrected while a test runs. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private final Instant started = Instant.now();
    private final JdbcDataSource database = new JdbcDataSource();
    private Instant local = Instant.parse("2001-01-01T00:00:00Z");
    private long nanos = 77;

    private final DatabaseClock clock;

    DatabaseClockTest() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";AUTOCOMMIT=OFF");
        clock = new DatabaseClock(database, () -> local, () -> nanos);
    }

    @Test
    void itIsTheServersWhateverThisMachineTakesItFor() {
        assertNow();
    }

    @Test
    void itGoesOnByTheMonotonicClock() {
        Instant begun = clock.instant();
        pass(Duration.ofMinutes(9));
        assertEquals(begun.plus(Duration.ofMinutes(9)), clock.instant());
    }

    /** The server's time has not jumped, nor has that of its runs. */
    @Test
    void timeOfDayThatIsSetChangesNothing() {
        clock.instant();
        for (int minutes : new int[] {5, -5, 90, -600}) {
            local = local.plus(Duration.ofMinutes(minutes));
            assertNow();
        }
    }

    /** The monotonic clock stood still meanwhile, the server's did not. */
    @Test
    void afterASleepItIsAskedForAnew() {
        Instant begun = clock.instant();
        pass(Duration.ofMinutes(3));
        local = local.plus(Duration.ofMinutes(4));
        assertTrue(clock.instant().isBefore(begun.plus(Duration.ofMinutes(2))), "the server's time, which has not passed here");
        assertNow();
    }

    @Test
    void itIsAskedForAgainAfterAWhile() {
        clock.instant();
        pass(Duration.ofMinutes(11));
        assertNow();
    }

    private void pass(Duration time) {
        local = local.plus(time);
        nanos += time.toNanos();
    }

    private void assertNow() {
        Instant now = clock.instant();
        Instant after = Instant.now();
        assertTrue(!now.isBefore(started.minus(SLACK)) && !now.isAfter(after.plus(SLACK)), started + " " + now + " " + after);
    }
}
