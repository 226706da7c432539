package dev.engram.store.catalogue;

import dev.engram.store.LocalFiles;
import dev.engram.store.StoreException;
import dev.engram.store.StoreFullException;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    /** H2's codes for a database that was closed while connections to it were open. */
    private static final Set<String> CLOSED = Set.of("90098", "90121");

    /** No such table or column, H2's and PostgreSQL's codes: an older state of the catalogue, or an empty one. */
    private static final Set<String> UNPREPARED = Set.of("42S02", "42S03", "42S04", "42S22", "42P01", "42703");

    /** PostgreSQL's disk full. H2 has no code of its own: it wraps what the operating system said in whatever it was about to do. */
    private static final String FULL = "53100";

    private static final Logger LOG = System.getLogger(SqlFailures.class.getName());

    private SqlFailures() {}

    static boolean isDuplicate(SQLException e) {
        return UNIQUE.equals(e.getSQLState());
    }

    static boolean isMissingReference(SQLException e) {
        return FOREIGN_KEY.contains(String.valueOf(e.getSQLState()));
    }

    /**
     * A reference that is missing where its row was just seen, or that has just been made to a row that was not referred to, is another writer's doing: the same work again finds
     * out what it is now.
     *
     * <p>Its message is for people and never holds SQL; what the database said is in the log and in the cause.
     */
    static StoreException of(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        if (isFull(e)) {
            return new StoreFullException("the catalogue's database has no space left", e);
        }
        if (COLLISION.contains(state) || FOREIGN_KEY.contains(state)) {
            return new StoreUnavailableException("the catalogue is busy: others were changing the same rows", e);
        }
        if (UNPREPARED.contains(state)) {
            LOG.log(Level.DEBUG, "The catalogue lacks what this version asks for", e);
            return new StoreUnavailableException("the catalogue is not ready: the artifact store has not made its tables yet, or an older version of it did", e);
        }
        if (state.startsWith("08") || AWAY.contains(state) || isTransient(e)) {
            return new StoreUnavailableException("the catalogue is not available" + network(e), e);
        }
        LOG.log(Level.ERROR, "The catalogue refused a statement", e);
        return new StoreRefusedException("the catalogue refused " + (state.startsWith("28") ? "the user or password" : "a statement (SQLSTATE " + state + ")")
                + "; the log has the details", e);
    }

    /** What the network said, if it was the network. */
    private static String network(SQLException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io && io.getMessage() != null) {
                return ": " + io.getMessage().lines().findFirst().orElse("");
            }
        }
        return "";
    }

    /** Whether the disk of the database is full: nothing of the transaction has been done. H2's server sends the cause as text, which toString gives. */
    static boolean isFull(SQLException e) {
        if (FULL.equals(e.getSQLState())) {
            return true;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (LocalFiles.isFull(cause.toString())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the connection's database has been closed under it: nothing of the transaction has been done. */
    static boolean isClosed(SQLException e) {
        return CLOSED.contains(String.valueOf(e.getSQLState()));
    }

    private static boolean isTransient(SQLException e) {
        return e instanceof SQLTransientException || e instanceof SQLRecoverableException || e instanceof SQLNonTransientConnectionException;
    }
}
