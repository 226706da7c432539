package dev.engram.store.catalogue;

import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pairs, each made together with its runs. */
public final class PairTable {

    private final Database database;

    PairTable(Database database) {
        this.database = database;
    }

    /**
     * Makes a pair and queues its runs, all or nothing; or returns the pair that this request id made before.
     *
     * @param runs the two training runs; their request ids follow from the pair's
     * @throws ConflictException when the request id made a different pair, or an id is taken
     */
    public PairRecord create(String id, Optional<String> requestId, String split, String recipe, List<NewRun> runs) {
        return create(id, requestId, split, recipe, List.of(), runs);
    }

    /**
     * Makes a pair of encoders that exist, or returns the pair that this request id made before.
     *
     * @param candidate id of the run that made f
     * @param reference id of the run that made g
     * @throws ConflictException when the request id made a different pair, or the id is taken
     */
    public PairRecord create(String id, Optional<String> requestId, String split, String candidate, String reference) {
        return create(id, requestId, split, "", List.of(candidate, reference), List.of());
    }

    private PairRecord create(String id, Optional<String> requestId, String split, String recipe, List<String> encoders, List<NewRun> runs) {
        return RunInserts.untilSettled(() -> database.transact(t -> {
            var existing = existing(t, id, requestId, split, recipe, encoders);
            if (existing.isPresent()) {
                return existing.get();
            }
            try {
                t.update(
                        "INSERT INTO pairs (id, request_id, split, recipe, candidate, reference, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        id,
                        requestId.orElse(null),
                        split,
                        recipe,
                        encoders.isEmpty() ? null : encoders.getFirst(),
                        encoders.isEmpty() ? null : encoders.getLast(),
                        t.now());
            } catch (SQLException e) {
                if (SqlFailures.isDuplicate(e)) {
                    throw new RunInserts.Met("pairs/" + id);
                }
                throw e;
            }
            RunInserts.insertAll(t, runs);
            return find(t, id).orElseThrow();
        }));
    }

    private static Optional<PairRecord> existing(Transaction t, String id, Optional<String> requestId, String split, String recipe, List<String> encoders) throws SQLException {
        if (requestId.isPresent()) {
            var same = t.first("SELECT * FROM pairs WHERE request_id = ?", PairTable::read, requestId.get());
            if (same.isPresent()) {
                if (same.get().isOf(split, recipe, encoders)) {
                    return same;
                }
                throw new ConflictException("request id %s was used for pairs/%s with a different split, recipe or encoders".formatted(requestId.get(), same.get().id()));
            }
        }
        var taken = find(t, id);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        if (requestId.isPresent() && taken.get().requestId().equals(requestId)) {
            // Committed by the same request between the two looks.
            throw new RunInserts.Met("pairs/" + id);
        }
        throw new ConflictException("pairs/" + id + " exists already");
    }

    public Optional<PairRecord> find(String id) {
        return database.transact(t -> find(t, id));
    }

    /** @throws ObjectNotFoundException when there is no such pair */
    public PairRecord get(String id) {
        return find(id).orElseThrow(() -> new ObjectNotFoundException("pairs/" + id));
    }

    /** Pairs newest first. */
    public Page<PairRecord> list(int pageSize, String pageToken) {
        PageToken.requireSize(pageSize);
        var parameters = new ArrayList<Object>();
        var where = new StringBuilder();
        PageToken.parse(pageToken).ifPresent(after -> {
            where.append("WHERE created_at < ? OR (created_at = ? AND id < ?)");
            parameters.addAll(List.of(after.createdAt(), after.createdAt(), after.id()));
        });
        parameters.add(pageSize + 1);
        var rows = database.transact(t -> t.query("SELECT * FROM pairs " + where + " ORDER BY created_at DESC, id DESC LIMIT ?", PairTable::read, parameters.toArray()));
        return PageToken.page(rows, pageSize, pair -> new PageToken(pair.createdAt(), pair.id()));
    }

    /** Deletes the pairs of whose encoders neither is there, or whose split is gone. A pair is inserted together with its runs, so none is met too early. */
    static void deleteIncomplete(Transaction t) throws SQLException {
        t.update("""
                DELETE FROM pairs
                WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.id IN (COALESCE(pairs.candidate, pairs.id || '-f'), COALESCE(pairs.reference, pairs.id || '-g')))
                  OR NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = pairs.split)""");
    }

    private static Optional<PairRecord> find(Transaction t, String id) throws SQLException {
        return t.first("SELECT * FROM pairs WHERE id = ?", PairTable::read, id);
    }

    private static PairRecord read(ResultSet row) throws SQLException {
        return new PairRecord(
                row.getString("id"),
                Optional.ofNullable(row.getString("request_id")),
                row.getString("split"),
                row.getString("recipe"),
                row.getString("candidate") == null ? List.of() : List.of(row.getString("candidate"), row.getString("reference")),
                Transaction.instant(row, "created_at").orElseThrow());
    }
}
