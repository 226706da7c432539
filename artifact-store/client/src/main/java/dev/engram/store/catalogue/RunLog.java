package dev.engram.store.catalogue;

import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.LogEntry;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** What runs have to say to people. Not a place for bulk: one line a message, cut at 10,000 characters. */
public final class RunLog {

    private static final int MAX_MESSAGE = 10_000;

    private final Database database;

    RunLog(Database database) {
        this.database = database;
    }

    /** Adds a line. Server and worker may write at the same time. */
    public void append(String runId, LogEntry.Severity severity, String message) {
        Objects.requireNonNull(severity, "severity");
        RunInserts.untilSettled(() -> database.transact(t -> {
            append(t, runId, severity, message);
            return null;
        }));
    }

    /** Adds a line in a transaction that {@link RunInserts#untilSettled} begins anew when another line was first. */
    static void append(Transaction t, String runId, LogEntry.Severity severity, String message) throws SQLException {
        try {
            // Ordered as the primary key is, so that the last line is found and not searched for.
            int added = t.update("""
                    INSERT INTO run_log (run_id, sequence, at, severity, message)
                    SELECT r.id, COALESCE((SELECT l.sequence FROM run_log l WHERE l.run_id = ? ORDER BY l.run_id DESC, l.sequence DESC LIMIT 1), 0) + 1, ?, ?, ?
                    FROM runs r WHERE r.id = ?""",
                    runId, t.now(), severity.name(), Texts.storable(message, MAX_MESSAGE), runId);
            if (added == 0) {
                throw new ObjectNotFoundException("runs/" + runId);
            }
        } catch (SQLException e) {
            if (SqlFailures.isDuplicate(e)) {
                throw new RunInserts.Met("runs/" + runId);
            }
            throw e;
        }
    }

    /** At most {@code limit} lines after {@code afterSequence} (0: from the first), oldest first. */
    public List<LogLine> read(String runId, long afterSequence, int limit) {
        return database.transact(t -> t.query(
                "SELECT sequence, at, severity, message FROM run_log WHERE run_id = ? AND sequence > ? ORDER BY run_id, sequence LIMIT ?",
                row -> new LogLine(row.getLong(1), Transaction.instant(row, "at").orElseThrow(), LogEntry.Severity.valueOf(row.getString(3)), row.getString(4)),
                runId, afterSequence, limit));
    }
}
