package dev.engram.store.catalogue;

import dev.engram.store.ObjectNotFoundException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Resume points of runs. Old ones go with {@link Deletions#trimResumePoints}. */
public final class ResumePointTable {

    private final Database database;

    ResumePointTable(Database database) {
        this.database = database;
    }

    /**
     * Records a stored artifact as the state of a run after {@code step}; replaces one of the same step.
     *
     * @throws dev.engram.store.ConflictException when the claim has ended
     * @throws ObjectNotFoundException when the artifact does not exist: it may have been deleted with another run that had made the same
     */
    public void add(Claim claim, long step, String artifactId) {
        database.transact(t -> {
            ObjectLock.acquire(t);
            Claims.require(t, claim);
            t.update("DELETE FROM run_checkpoints WHERE run_id = ? AND step = ?", claim.runId(), step);
            try {
                return t.update("INSERT INTO run_checkpoints (run_id, step, artifact_id, engram_version) SELECT r.id, ?, ?, r.engram_version FROM runs r WHERE r.id = ?",
                        step, artifactId, claim.runId());
            } catch (SQLException e) {
                if (SqlFailures.isMissingReference(e)) {
                    throw new ObjectNotFoundException("artifacts/" + artifactId, e);
                }
                throw e;
            }
        });
    }

    public Optional<ResumePoint> latest(String runId) {
        return list(runId).stream().findFirst();
    }

    /** Latest first: when the latest is damaged, the one before still serves. */
    public List<ResumePoint> list(String runId) {
        return database.transact(t -> t.query(
                "SELECT run_id, step, artifact_id, engram_version FROM run_checkpoints WHERE run_id = ? ORDER BY step DESC",
                row -> new ResumePoint(row.getString(1), row.getLong(2), row.getString(3), Optional.ofNullable(row.getString(4))), runId));
    }
}
