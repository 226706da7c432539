package dev.engram.store.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.StoreException;
import java.net.ConnectException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person reads of a database's error. */
class SqlFailuresTest {
    private static final String SAID = "Syntax error in SQL statement \"SELECT secret FROM runs\"; SQL statement:\nSELECT secret FROM runs";

    @Test
    void noSqlReachesAPerson() {
        for (String state : List.of("42000", "42S02", "42P01", "42703", "22001", "23502", "08006", "57P01", "40001", "90121", "90031", "53100", "28P01", "HY000", "99999")) {
            StoreException told = SqlFailures.of(new SQLException(SAID, state));
            assertFalse(told.getMessage().contains("SELECT") || told.getMessage().contains("\n"), told.getMessage());
            assertEquals(SAID, told.getCause().getMessage(), "the log has it");
        }
        assertFalse(SqlFailures.of(new SQLException(SAID)).getMessage().contains("SELECT"));
    }

    /** A run was deleted while another that needs it was being made: done again, one of the two learns of the other. */
    @Test
    void whatBrokeAReferenceIsTriedAgain() {
        for (String state : List.of("23503", "23506")) {
            assertTrue(SqlFailures.of(new BatchUpdateException(SAID, state, new int[0])).retryable(), state);
        }
    }

    @Test
    void whatTheNetworkSaidHelps() {
        SQLException refused = new SQLTransientConnectionException("catalogue - Connection is not available, request timed out after 3000ms", "08001");
        refused.initCause(new SQLException(SAID, "90067", new ConnectException("Connection refused: 127.0.0.1:9092")));
        assertEquals("the catalogue is not available: Connection refused: 127.0.0.1:9092", SqlFailures.of(refused).getMessage());
    }
}
