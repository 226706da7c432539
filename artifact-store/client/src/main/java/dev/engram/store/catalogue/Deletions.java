package dev.engram.store.catalogue;

import dev.engram.store.Blob;
import dev.engram.store.BlobStore;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.v1.Run;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Objects;
import java.util.Set;

/**
 * Real deletion: rows and objects. Manifests go before blobs, and the rows last, so that a deletion that breaks off can be done again and never
 * leaves an artifact that names a blob that is gone.
 */
public final class Deletions {

    private static final Set<Run.State> ENDED = Set.of(Run.State.SUCCEEDED, Run.State.FAILED, Run.State.CANCELLED);

    private final Database database;
    private final ArtifactRepository repository;
    private final BlobStore blobs;

    Deletions(Database database, ArtifactRepository repository, BlobStore blobs) {
        this.database = Objects.requireNonNull(database, "database");
        this.repository = Objects.requireNonNull(repository, "repository");
        this.blobs = Objects.requireNonNull(blobs, "blobs");
    }

    /**
     * What {@link #delete} would free; changes nothing.
     *
     * @throws ObjectNotFoundException when there is no such run
     * @throws InUseException when it or one of its parts has not ended, or a run other than these depends on one of them or read what it made
     */
    public Deletion plan(String runId) {
        return database.transact(t -> Unreferenced.describe(t, Unreferenced.afterRuns(t, requireDeletable(t, runId))));
    }

    /**
     * Deletes an ended run with its parts, their logs, figures and resume points, and every object only they refer to. A pair goes with the last
     * of the two runs that made its encoders, so that its id is free again, or with its split. Fails as {@link #plan} does.
     */
    public Deletion delete(String runId) {
        return database.transact(t -> {
            ObjectLock.acquire(t);
            var runs = requireDeletable(t, runId);
            var artifacts = Unreferenced.afterRuns(t, runs);
            t.update("DELETE FROM run_dependencies WHERE run_id = ?", runId);
            t.update("UPDATE runs SET part_of = NULL WHERE part_of = ?", runId);
            t.batch("DELETE FROM runs WHERE id = ?", runs.stream().map(id -> new Object[] {id}).toList());
            PairTable.deleteIncomplete(t);
            return remove(t, artifacts);
        });
    }

    /** Drops all but the latest {@code keep} resume points of a run. */
    public Deletion trimResumePoints(String runId, int keep) {
        return database.transact(t -> {
            ObjectLock.acquire(t);
            var old = t.query("SELECT step, artifact_id FROM run_checkpoints WHERE run_id = ? ORDER BY step DESC",
                            row -> new ResumePoint(runId, row.getLong(1), row.getString(2), Optional.empty()), runId)
                    .stream().skip(keep).toList();
            t.batch("DELETE FROM run_checkpoints WHERE run_id = ? AND step = ?", old.stream().map(point -> new Object[] {runId, point.step()}).toList());
            return remove(t, Unreferenced.among(t, old.stream().map(ResumePoint::artifactId).distinct().toList()));
        });
    }

    /** Deletes artifacts that were begun at least {@code age} ago and that no run refers to: their writer died. */
    public Deletion sweep(Duration age) {
        return database.transact(t -> {
            ObjectLock.acquire(t);
            var old = t.query("SELECT id FROM artifacts WHERE created_at < ?", row -> row.getString(1), t.now().minus(age));
            return remove(t, Unreferenced.among(t, old));
        });
    }

    private Deletion remove(Transaction t, List<String> artifacts) throws SQLException {
        var deletion = Unreferenced.describe(t, artifacts);
        var unshared = Unreferenced.blobs(t, artifacts);
        artifacts.forEach(repository::delete);
        for (Blob blob : unshared) {
            blobs.delete(blob);
        }
        t.batch("DELETE FROM artifacts WHERE id = ?", artifacts.stream().map(id -> new Object[] {id}).toList());
        return deletion;
    }

    /** The run and its parts, which go together. */
    private static List<String> requireDeletable(Transaction t, String runId) throws SQLException {
        var runs = new ArrayList<RunRecord>(List.of(RunRows.find(t, runId).orElseThrow(() -> new ObjectNotFoundException("runs/" + runId))));
        runs.addAll(RunRows.parts(t, runId));
        for (var run : runs) {
            if (!ENDED.contains(run.state())) {
                throw new InUseException("runs/" + run.id() + " is " + run.state() + "; cancel it first", List.of(run.id()));
            }
        }
        var ids = runs.stream().map(RunRecord::id).toList();
        var users = users(t, ids);
        if (!users.isEmpty()) {
            throw new InUseException("runs/" + runId + " is used by " + String.join(", ", users.stream().map(id -> "runs/" + id).toList()), users);
        }
        return ids;
    }

    private static List<String> users(Transaction t, List<String> runs) throws SQLException {
        var parameters = new ArrayList<Object>();
        for (int i = 0; i < 4; i++) {
            parameters.addAll(runs);
        }
        return t.query("""
                SELECT run_id FROM run_dependencies WHERE dependency_id IN (%1$s) AND run_id NOT IN (%1$s)
                UNION SELECT i.run_id FROM artifact_inputs i JOIN run_artifacts a ON a.artifact_id = i.artifact_id
                  WHERE a.run_id IN (%1$s) AND i.run_id NOT IN (%1$s)
                ORDER BY run_id""".formatted(Transaction.marks(runs.size())), row -> row.getString(1), parameters.toArray());
    }
}
