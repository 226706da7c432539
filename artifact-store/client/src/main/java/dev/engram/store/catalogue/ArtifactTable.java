package dev.engram.store.catalogue;

import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.artifact.ArtifactFile;
import dev.engram.store.artifact.ArtifactLedger;
import dev.engram.store.artifact.Manifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Artifacts and their lineage: which run made them, which read them. */
public final class ArtifactTable implements ArtifactLedger {

    private static final int IDS_AT_ONCE = 500;

    private final Database database;

    ArtifactTable(Database database) {
        this.database = database;
    }

    /** {@inheritDoc} Waits while objects are being deleted. */
    @Override
    public void register(Manifest manifest) {
        var id = manifest.id();
        database.transact(t -> {
            ObjectLock.acquire(t);
            if (find(t, id).isEmpty()) {
                t.update("INSERT INTO artifacts (id, kind, size_bytes, created_at) VALUES (?, ?, ?, ?)", id, manifest.kind(), manifest.size(), t.now());
                t.batch("INSERT INTO artifact_files (artifact_id, name, media_type, sha256, size_bytes) VALUES (?, ?, ?, ?, ?)",
                        manifest.files().stream().map(file -> new Object[] {id, file.name(), file.mediaType(), file.sha256(), file.size()}).toList());
            }
            return null;
        });
    }

    public Optional<ArtifactRecord> find(String id) {
        return database.transact(t -> find(t, id));
    }

    /** @throws ObjectNotFoundException when there is no such artifact */
    public ArtifactRecord get(String id) {
        return find(id).orElseThrow(() -> new ObjectNotFoundException("artifacts/" + id));
    }

    /**
     * Records that a run made an artifact. Repeating it is no error.
     *
     * @throws ConflictException when the run has another artifact in this role: it was not reproduced exactly
     * @throws ObjectNotFoundException when the run or the artifact does not exist: it may have been deleted with another run that had made the same
     */
    public void link(String runId, String role, String artifactId) {
        database.transact(t -> {
            ObjectLock.acquire(t);
            var present = t.first("SELECT artifact_id FROM run_artifacts WHERE run_id = ? AND role = ?", row -> row.getString(1), runId, role);
            if (present.isPresent() && !present.get().equals(artifactId)) {
                throw new ConflictException("runs/%s has artifacts/%s as %s already, not artifacts/%s".formatted(runId, present.get(), role, artifactId));
            }
            if (present.isEmpty()) {
                insert(t, "run_artifacts", runId, role, artifactId);
            }
            return null;
        });
    }

    /**
     * Records what the worker of a run has made, in place of what an earlier attempt had made in this role: nobody has read that, as the run has not succeeded. Another
     * kind of device may round in another way.
     *
     * @return the artifact it took the place of, if that was another
     * @throws ConflictException when the claim has ended: what another attempt makes counts
     * @throws ObjectNotFoundException when the artifact does not exist: it may have been deleted with another run that had made the same
     */
    public Optional<String> link(Claim claim, String role, String artifactId) {
        return database.transact(t -> {
            ObjectLock.acquire(t);
            Claims.require(t, claim);
            var present = t.first("SELECT artifact_id FROM run_artifacts WHERE run_id = ? AND role = ?", row -> row.getString(1), claim.runId(), role);
            if (present.equals(Optional.of(artifactId))) {
                return Optional.empty();
            }
            t.update("DELETE FROM run_artifacts WHERE run_id = ? AND role = ?", claim.runId(), role);
            insert(t, "run_artifacts", claim.runId(), role, artifactId);
            return present;
        });
    }

    /** Records that a run reads an artifact. Repeating it is no error. */
    public void use(String runId, String role, String artifactId) {
        database.transact(t -> {
            ObjectLock.acquire(t);
            if (t.first("SELECT 1 FROM artifact_inputs WHERE run_id = ? AND role = ? AND artifact_id = ?", row -> row.getInt(1), runId, role, artifactId).isEmpty()) {
                insert(t, "artifact_inputs", runId, role, artifactId);
            }
            return null;
        });
    }

    private static void insert(Transaction t, String table, String runId, String role, String artifactId) throws SQLException {
        try {
            t.update("INSERT INTO " + table + " (run_id, role, artifact_id) VALUES (?, ?, ?)", runId, role, artifactId);
        } catch (SQLException e) {
            if (SqlFailures.isMissingReference(e)) {
                throw new ObjectNotFoundException("runs/" + runId + " or artifacts/" + artifactId, e);
            }
            throw e;
        }
    }

    /** What a run made, by role. */
    public List<ArtifactLink> madeBy(String runId) {
        return madeBy(List.of(runId));
    }

    /** What these runs made, by run and role. Cost: one query for 500 ids, as of all methods below. */
    public List<ArtifactLink> madeBy(Collection<String> runIds) {
        return links("run_artifacts", "run_id", runIds);
    }

    /** What a run read, by role. */
    public List<ArtifactLink> readBy(String runId) {
        return readBy(List.of(runId));
    }

    /** What these runs read, by run and role. */
    public List<ArtifactLink> readBy(Collection<String> runIds) {
        return links("artifact_inputs", "run_id", runIds);
    }

    /** Which runs made an artifact. */
    public List<ArtifactLink> producers(String artifactId) {
        return producers(List.of(artifactId));
    }

    /** Which runs made these artifacts, by run. */
    public List<ArtifactLink> producers(Collection<String> artifactIds) {
        return links("run_artifacts", "artifact_id", artifactIds);
    }

    /** Which runs read an artifact. */
    public List<ArtifactLink> consumers(String artifactId) {
        return consumers(List.of(artifactId));
    }

    /** Which runs read these artifacts, by run. */
    public List<ArtifactLink> consumers(Collection<String> artifactIds) {
        return links("artifact_inputs", "artifact_id", artifactIds);
    }

    private List<ArtifactLink> links(String table, String column, Collection<String> ids) {
        return inParts(ids, (t, some) -> t.query(
                "SELECT run_id, role, artifact_id FROM " + table + " WHERE " + column + " IN (" + Transaction.marks(some.size()) + ") ORDER BY run_id, role, artifact_id",
                row -> new ArtifactLink(row.getString(1), row.getString(2), row.getString(3)), some.toArray()));
    }

    /** The files of artifacts as they were registered, by artifact, each artifact's by name; nothing is asked of the object store. */
    public Map<String, List<ArtifactFile>> files(Collection<String> artifactIds) {
        var files = new HashMap<String, List<ArtifactFile>>();
        inParts(artifactIds, (t, some) -> t.query("SELECT artifact_id, media_type, name, sha256, size_bytes FROM artifact_files WHERE artifact_id IN ("
                        + Transaction.marks(some.size()) + ")",
                row -> files.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                        .add(new ArtifactFile(row.getString(2), row.getString(3), row.getString(4), row.getLong(5))), some.toArray()));
        files.values().forEach(some -> some.sort(Comparator.comparing(ArtifactFile::name)));
        return files;
    }

    private <T> List<T> inParts(Collection<String> ids, InPart<T> query) {
        var asked = List.copyOf(ids);
        var found = new ArrayList<T>();
        for (int from = 0; from < asked.size(); from += IDS_AT_ONCE) {
            var some = asked.subList(from, Math.min(from + IDS_AT_ONCE, asked.size()));
            found.addAll(database.transact(t -> query.of(t, some)));
        }
        return List.copyOf(found);
    }

    @FunctionalInterface
    private interface InPart<T> {
        List<T> of(Transaction t, List<String> ids) throws SQLException;
    }

    /** The artifact a run made in this role, once it has. */
    public Optional<String> madeBy(String runId, String role) {
        return madeBy(runId).stream().filter(link -> link.role().equals(role)).map(ArtifactLink::artifactId).findFirst();
    }

    /** Artifacts that some run refers to, newest first; {@code kind} empty means any. */
    public Page<ArtifactRecord> list(Optional<String> kind, int pageSize, String pageToken) {
        PageToken.requireSize(pageSize);
        var parameters = new ArrayList<Object>();
        var where = new StringBuilder("(EXISTS (SELECT 1 FROM run_artifacts x WHERE x.artifact_id = artifacts.id)"
                + " OR EXISTS (SELECT 1 FROM run_checkpoints x WHERE x.artifact_id = artifacts.id))");
        kind.ifPresent(value -> {
            where.append(" AND kind = ?");
            parameters.add(value);
        });
        PageToken.parse(pageToken).ifPresent(after -> {
            where.append(" AND (created_at < ? OR (created_at = ? AND id < ?))");
            parameters.addAll(List.of(after.createdAt(), after.createdAt(), after.id()));
        });
        parameters.add(pageSize + 1);
        var rows = database.transact(t -> t.query(
                "SELECT * FROM artifacts WHERE " + where + " ORDER BY created_at DESC, id DESC LIMIT ?", ArtifactTable::read, parameters.toArray()));
        return PageToken.page(rows, pageSize, artifact -> new PageToken(artifact.createdAt(), artifact.id()));
    }

    private static Optional<ArtifactRecord> find(Transaction t, String id) throws SQLException {
        return t.first("SELECT * FROM artifacts WHERE id = ?", ArtifactTable::read, id);
    }

    private static ArtifactRecord read(ResultSet row) throws SQLException {
        return new ArtifactRecord(row.getString("id"), row.getString("kind"), row.getLong("size_bytes"), Transaction.instant(row, "created_at").orElseThrow());
    }
}
