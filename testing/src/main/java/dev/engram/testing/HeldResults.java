package dev.engram.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.api.Trigger;

/** Keeps runs from publishing, as a catalogue would that is away when they want to: a run that is held has not ended, however long a test takes to look at it. */
public final class HeldResults implements Trigger {
    /** PostgreSQL's word for a server that is starting: it passes. */
    private static final String NOT_NOW = "57P03";

    private static final Set<String> HELD = ConcurrentHashMap.newKeySet();
    private static final Set<String> WAITING = ConcurrentHashMap.newKeySet();

    static void install(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER IF NOT EXISTS held_results BEFORE INSERT ON run_artifacts FOR EACH ROW CALL '" + HeldResults.class.getName() + "'");
        }
    }

    /** From now on; whether it waits is to be seen anew. */
    static void hold(String run) {
        HELD.add(run);
        WAITING.remove(run);
    }

    static boolean isWaiting(String run) {
        return WAITING.contains(run);
    }

    static void release(String run) {
        HELD.remove(run);
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        String run = String.valueOf(after[0]);
        if (HELD.contains(run)) {
            WAITING.add(run);
            throw new SQLException("a test holds runs/" + run, NOT_NOW);
        }
    }
}
