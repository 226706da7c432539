package dev.engram.store.catalogue;

import dev.engram.store.Blob;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which artifacts and blobs nothing refers to. */
final class Unreferenced {


    private Unreferenced() {}

    /** Artifacts that only these runs made, read or could go on from. */
    static List<String> afterRuns(Transaction t, List<String> runs) throws SQLException {
        var parameters = new ArrayList<Object>();
        for (int i = 0; i < 5; i++) {
            parameters.addAll(runs);
        }
        return t.query("""
                SELECT a.id FROM artifacts a
                WHERE a.id IN (SELECT artifact_id FROM run_artifacts WHERE run_id IN (%1$s) UNION SELECT artifact_id FROM run_checkpoints WHERE run_id IN (%1$s))
                  AND NOT EXISTS (SELECT 1 FROM run_artifacts x WHERE x.artifact_id = a.id AND x.run_id NOT IN (%1$s))
                  AND NOT EXISTS (SELECT 1 FROM artifact_inputs x WHERE x.artifact_id = a.id AND x.run_id NOT IN (%1$s))
                  AND NOT EXISTS (SELECT 1 FROM run_checkpoints x WHERE x.artifact_id = a.id AND x.run_id NOT IN (%1$s))
                ORDER BY a.id""".formatted(Transaction.marks(runs.size())), row -> row.getString(1), parameters.toArray());
    }

    /** Those of {@code candidates} that no run refers to. */
    static List<String> among(Transaction t, List<String> candidates) throws SQLException {
        var found = new ArrayList<String>();
        for (var id : candidates) {
            found.addAll(t.query("""
                    SELECT a.id FROM artifacts a WHERE a.id = ?
                      AND NOT EXISTS (SELECT 1 FROM run_artifacts x WHERE x.artifact_id = a.id)
                      AND NOT EXISTS (SELECT 1 FROM artifact_inputs x WHERE x.artifact_id = a.id)
                      AND NOT EXISTS (SELECT 1 FROM run_checkpoints x WHERE x.artifact_id = a.id)""", row -> row.getString(1), id));
        }
        return found;
    }

    static Deletion describe(Transaction t, List<String> artifacts) throws SQLException {
        return new Deletion(artifacts, blobs(t, artifacts).stream().mapToLong(Blob::size).sum());
    }

    /** Blobs that only these artifacts hold. */
    static List<Blob> blobs(Transaction t, List<String> artifacts) throws SQLException {
        if (artifacts.isEmpty()) {
            return List.of();
        }
        var marks = Transaction.marks(artifacts.size());
        var parameters = new ArrayList<Object>(artifacts);
        parameters.addAll(artifacts);
        return t.query("""
                SELECT DISTINCT f.sha256, f.size_bytes FROM artifact_files f WHERE f.artifact_id IN (%s)
                  AND NOT EXISTS (SELECT 1 FROM artifact_files o WHERE o.sha256 = f.sha256 AND o.artifact_id NOT IN (%s))
                ORDER BY f.sha256""".formatted(marks, marks), row -> new Blob(row.getString(1), row.getLong(2)), parameters.toArray());
    }
}
