package dev.engram.store.catalogue;

import java.sql.SQLException;

/**
 * Held until the end of a transaction by whoever registers an artifact, refers to one, or deletes objects. Without it a writer could find a shared
 * blob in place, skip its upload, and lose it to a deletion that had decided before.
 */
final class ObjectLock {

    private ObjectLock() {}

    static void acquire(Transaction t) throws SQLException {
        t.query("SELECT id FROM object_lock WHERE id = 1 FOR UPDATE", row -> row.getInt(1));
    }
}
