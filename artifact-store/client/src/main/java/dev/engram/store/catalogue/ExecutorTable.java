package dev.engram.store.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The processes that execute runs. One that has not been seen for a while is gone, whether it said so or not. */
public final class ExecutorTable {
    private static final String SEPARATOR = "\n";
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final Database database;

    ExecutorTable(Database database) {
        this.database = database;
    }

    /** Says that a process is there, and how busy; forgets those that have not been seen for a day. Cost: one small transaction. */
    public void seen(String name, List<String> kinds, List<String> devices, int slots, int busySlots) {
        database.transact(t -> {
            t.update("DELETE FROM executors WHERE seen_at < ?", t.now().minus(FORGOTTEN));
            t.update("DELETE FROM executors WHERE name = ?", name);
            return t.update(
                    "INSERT INTO executors (name, kinds, devices, slots, busy_slots, seen_at) VALUES (?, ?, ?, ?, ?, ?)",
                    name, String.join(SEPARATOR, kinds), String.join(SEPARATOR, devices), slots, busySlots, t.now());
        });
    }

    /** Says that a process is there no more. */
    public void left(String name) {
        database.transact(t -> t.update("DELETE FROM executors WHERE name = ?", name));
    }

    /** Those that were seen within this time, by name. */
    public List<ExecutorRecord> within(Duration time) {
        return database.transact(t -> t.query("SELECT * FROM executors WHERE seen_at >= ? ORDER BY name", ExecutorTable::read, t.now().minus(time)));
    }

    private static ExecutorRecord read(ResultSet row) throws SQLException {
        return new ExecutorRecord(row.getString("name"), list(row.getString("kinds")), list(row.getString("devices")),
                row.getInt("slots"), row.getInt("busy_slots"), Transaction.instant(row, "seen_at").orElse(Instant.EPOCH));
    }

    private static List<String> list(String joined) {
        return Arrays.stream(joined.split(SEPARATOR)).filter(text -> !text.isEmpty()).toList();
    }
}
