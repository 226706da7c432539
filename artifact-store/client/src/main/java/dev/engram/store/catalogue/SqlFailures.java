package dev.engram.store.catalogue;

import dev.engram.store.LocalFiles;
import dev.engram.store.StoreException;
import dev.engram.store.StoreFullException;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What a database's error means to a caller, by SQLSTATE (the classes H2 and PostgreSQL share) and H2's own codes. */
final class SqlFailures {

    private static final String UNIQUE = "23505";

    /** Integrity constraint: foreign key, PostgreSQL's code and H2's two. */
    private static final Set<String> FOREIGN_KEY = Set.of("23503", "23506");

    /** Deadlock, serialization failure, lock timeout, H2's concurrent update: the same work again can succeed. */
    private static final Set<String> COLLISION = Set.of("40001", "40P01", "55P03", "HYT00", "90131", "90143");

    /** Starting up or shutting down, connection broken, database closed. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "90067", "90098", "90121", "90026");

    private static final Set<String> FULL = Set.of("53100", "90031", "90028");

    private SqlFailures() {}

    static boolean isDuplicate(SQLException e) {
        return UNIQUE.equals(e.getSQLState());
    }

    static boolean isMissingReference(SQLException e) {
        return FOREIGN_KEY.contains(String.valueOf(e.getSQLState()));
    }

    static StoreException of(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (FULL.contains(state) && mentionsSpace(e)) {
            return new StoreFullException("the catalogue's database has no space left", e);
        }
        if (state.startsWith("08") || AWAY.contains(state) || COLLISION.contains(state) || isTransient(e)) {
            return new StoreUnavailableException("the catalogue is not available: " + e.getMessage(), e);
        }
        return new StoreRefusedException("the catalogue refused: " + e.getMessage(), e);
    }

    private static boolean isTransient(SQLException e) {
        return e instanceof SQLTransientException || e instanceof SQLRecoverableException || e instanceof SQLNonTransientConnectionException;
    }

    private static boolean mentionsSpace(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (LocalFiles.isFull(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return "53100".equals(e.getSQLState());
    }
}
