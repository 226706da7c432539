package dev.engram.store.catalogue;

import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads rows of {@code runs} as records. */
final class RunRows {

    private RunRows() {}

    static Optional<RunRecord> find(Transaction transaction, String id) throws SQLException {
        return select(transaction, "WHERE id = ?", id).stream().findFirst();
    }

    static List<RunRecord> parts(Transaction transaction, String id) throws SQLException {
        return select(transaction, "WHERE part_of = ? ORDER BY created_at, id", id);
    }

    /** {@code tail} is everything after {@code FROM runs}. */
    static List<RunRecord> select(Transaction transaction, String tail, Object... parameters) throws SQLException {
        var rows = transaction.query("SELECT * FROM runs " + tail, row -> read(row, List.of()), parameters);
        var dependencies = dependencies(transaction, rows.stream().map(RunRecord::id).toList());
        return rows.stream().map(run -> with(run, dependencies.getOrDefault(run.id(), List.of()))).toList();
    }

    private static Map<String, List<String>> dependencies(Transaction transaction, List<String> ids) throws SQLException {
        var found = new HashMap<String, List<String>>();
        if (!ids.isEmpty()) {
            transaction.query(
                    "SELECT run_id, dependency_id FROM run_dependencies WHERE run_id IN (" + Transaction.marks(ids.size()) + ") ORDER BY run_id, dependency_id",
                    row -> found.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(row.getString(2)),
                    ids.toArray());
        }
        return found;
    }

    private static RunRecord with(RunRecord r, List<String> dependencies) {
        return new RunRecord(r.id(), r.requestId(), r.kind(), r.spec(), r.state(), r.requested(), r.error(), r.attempt(), r.worker(), r.device(), r.engramVersion(),
                r.heartbeatAt(), r.progress(), r.version(), r.createdAt(), r.startedAt(), r.endedAt(), r.updatedAt(), List.copyOf(dependencies));
    }

    private static RunRecord read(ResultSet row, List<String> dependencies) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                text(row, "request_id"),
                row.getString("kind"),
                row.getString("spec"),
                Run.State.valueOf(row.getString("state")),
                text(row, "requested").map(Run.State::valueOf),
                error(row),
                row.getInt("attempt"),
                text(row, "worker"),
                text(row, "device"),
                text(row, "engram_version"),
                Transaction.instant(row, "heartbeat_at"),
                text(row, "progress"),
                row.getLong("version"),
                Transaction.instant(row, "created_at").orElseThrow(),
                Transaction.instant(row, "started_at"),
                Transaction.instant(row, "ended_at"),
                Transaction.instant(row, "updated_at").orElseThrow(),
                dependencies);
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<RunError> error(ResultSet row) throws SQLException {
        var category = row.getString("error_category");
        if (category == null) {
            return Optional.empty();
        }
        return Optional.of(RunError.newBuilder()
                .setCategory(RunError.Category.valueOf(category))
                .setMessage(row.getString("error_message"))
                .setRetryable(row.getBoolean("error_retryable"))
                .setStep(row.getLong("error_step"))
                .build());
    }
}
