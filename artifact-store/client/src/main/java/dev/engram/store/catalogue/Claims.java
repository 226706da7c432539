package dev.engram.store.catalogue;

import dev.engram.store.ConflictException;
import dev.engram.v1.Run;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a worker gets and keeps a run. */
final class Claims {

    private static final int CANDIDATES = 100;

    private Claims() {}

    static List<String> candidates(Transaction t, Set<String> kinds) throws SQLException {
        if (kinds.isEmpty()) {
            return List.of();
        }
        var parameters = new ArrayList<Object>();
        parameters.add(Run.State.QUEUED);
        parameters.addAll(kinds);
        parameters.addAll(List.of(Run.State.SUCCEEDED, CANDIDATES));
        return t.query("""
                SELECT r.id FROM runs r
                WHERE r.state = ? AND r.kind IN (%s)
                  AND NOT EXISTS (SELECT 1 FROM run_dependencies rd JOIN runs d ON d.id = rd.dependency_id WHERE rd.run_id = r.id AND d.state <> ?)
                ORDER BY r.created_at, r.id LIMIT ?""".formatted(Transaction.marks(kinds.size())),
                row -> row.getString(1), parameters.toArray());
    }

    /** The row's lock and the condition on its state decide among claimants: the second sees the first's change and updates nothing. */
    static boolean take(Transaction t, String id, String worker, String device, String engramVersion) throws SQLException {
        return t.update("""
                UPDATE runs SET state = ?, worker = ?, device = ?, engram_version = ?, attempt = attempt + 1, heartbeat_at = ?, started_at = COALESCE(started_at, ?),
                  requested = NULL, error_category = NULL, error_message = NULL, error_retryable = NULL, error_step = NULL,
                  updated_at = ?, version = version + 1
                WHERE id = ? AND state = ?""",
                Run.State.RUNNING, worker, device, engramVersion, t.now(), t.now(), t.now(), id, Run.State.QUEUED) == 1;
    }

    /** As above, and only if {@code attempt} is the run's next. */
    static boolean take(Transaction t, String id, int attempt, String worker, String device, String engramVersion) throws SQLException {
        boolean next = !t.query("SELECT 1 FROM runs WHERE id = ? AND attempt = ? FOR UPDATE", row -> row.getInt(1), id, attempt - 1).isEmpty();
        return next && take(t, id, worker, device, engramVersion);
    }

    /** Keeps a claim from ending before the transaction does. */
    static void require(Transaction t, Claim claim) throws SQLException {
        t.first("SELECT 1 FROM runs WHERE id = ? AND state = ? AND worker = ? AND attempt = ? FOR UPDATE", row -> row.getInt(1),
                claim.runId(), Run.State.RUNNING, claim.worker(), claim.attempt())
                .orElseThrow(() -> new ConflictException("runs/" + claim.runId() + " is not this worker's any more"));
    }

    static Heartbeat heartbeat(Transaction t, Claim claim, Optional<String> progress) throws SQLException {
        int changed = t.update("""
                UPDATE runs SET heartbeat_at = ?, progress = COALESCE(?, progress), updated_at = ?, version = version + 1
                WHERE id = ? AND state = ? AND worker = ? AND attempt = ?""",
                t.now(), progress.orElse(null), t.now(), claim.runId(), Run.State.RUNNING, claim.worker(), claim.attempt());
        if (changed == 0) {
            return Heartbeat.STOP;
        }
        var requested = t.query("SELECT requested FROM runs WHERE id = ?", row -> Optional.ofNullable(row.getString(1)), claim.runId()).getFirst();
        return switch (requested.map(Run.State::valueOf).orElse(Run.State.STATE_UNSPECIFIED)) {
            case PAUSED -> Heartbeat.PAUSE;
            case CANCELLED -> Heartbeat.CANCEL;
            default -> Heartbeat.CONTINUE;
        };
    }
}
