package dev.engram.store.catalogue;

import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.Run;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Making runs once per request id, whoever else makes the same at the same moment. */
final class RunInserts {

    private static final int ROUNDS = 50;

    private RunInserts() {}

    /** When two callers insert the same key, one fails on the constraint; in its next round it finds the other's row. */
    static <T> T untilSettled(Supplier<T> insert) {
        for (int round = 1; ; round++) {
            try {
                return insert.get();
            } catch (Met e) {
                if (round == ROUNDS) {
                    throw new ConflictException("another request keeps using the same ids: " + e.getMessage());
                }
            }
        }
    }

    static List<RunRecord> insertAll(Transaction t, List<NewRun> runs) throws SQLException {
        var made = new ArrayList<RunRecord>();
        for (var run : runs) {
            made.add(insert(t, run));
        }
        return made;
    }

    /** A run that exists keeps the parts it has. */
    static RunRecord insert(Transaction t, NewRun run, List<NewRun> parts) throws SQLException {
        var existing = existing(t, run);
        if (existing.isPresent()) {
            return existing.get();
        }
        insertAll(t, parts);
        RunRecord whole = insert(t, run);
        t.batch("UPDATE runs SET part_of = ? WHERE id = ?", parts.stream().map(part -> new Object[] {whole.id(), part.id()}).toList());
        return whole;
    }

    private static RunRecord insert(Transaction t, NewRun run) throws SQLException {
        var existing = existing(t, run);
        if (existing.isPresent()) {
            return existing.get();
        }
        for (var dependency : run.dependencies()) {
            t.first("SELECT 1 FROM runs WHERE id = ?", row -> row.getInt(1), dependency).orElseThrow(() -> new ObjectNotFoundException("runs/" + dependency));
        }
        try {
            t.update("INSERT INTO runs (id, request_id, kind, spec, state, attempt, version, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 0, 1, ?, ?)",
                    run.id(), run.requestId().orElse(null), run.kind(), run.spec(), Run.State.QUEUED, t.now(), t.now());
        } catch (SQLException e) {
            if (SqlFailures.isDuplicate(e)) {
                throw new Met("runs/" + run.id());
            }
            throw e;
        }
        t.batch("INSERT INTO run_dependencies (run_id, dependency_id) VALUES (?, ?)",
                run.dependencies().stream().map(dependency -> new Object[] {run.id(), dependency}).toList());
        return RunRows.find(t, run.id()).orElseThrow();
    }

    private static Optional<RunRecord> existing(Transaction t, NewRun run) throws SQLException {
        if (run.requestId().isPresent()) {
            var same = RunRows.select(t, "WHERE request_id = ?", run.requestId().get()).stream().findFirst();
            if (same.isPresent()) {
                return Optional.of(requireSame(same.get(), run));
            }
        }
        var taken = RunRows.find(t, run.id());
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        if (run.requestId().isPresent() && taken.get().requestId().equals(run.requestId())) {
            // Committed by the same request between the two looks.
            throw new Met("runs/" + run.id());
        }
        throw new ConflictException("runs/" + run.id() + " exists already");
    }

    private static RunRecord requireSame(RunRecord existing, NewRun run) {
        if (existing.kind().equals(run.kind()) && existing.spec().equals(run.spec())) {
            return existing;
        }
        throw new ConflictException("request id %s was used for runs/%s with a different spec".formatted(run.requestId().orElseThrow(), existing.id()));
    }

    /** Two inserts of the same key met. */
    static final class Met extends RuntimeException {

        Met(String name) {
            super(name, null, false, false);
        }
    }
}
