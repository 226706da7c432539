package dev.engram.store.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A WHERE clause over {@code runs} with its parameters. */
record Where(String sql, List<Object> parameters) {

    static Where of(RunFilter filter, Optional<PageToken> after) {
        var conditions = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        if (!filter.states().isEmpty()) {
            conditions.add("state IN (" + Transaction.marks(filter.states().size()) + ")");
            parameters.addAll(filter.states());
        }
        if (!filter.kinds().isEmpty()) {
            conditions.add("kind IN (" + Transaction.marks(filter.kinds().size()) + ")");
            parameters.addAll(filter.kinds());
        }
        filter.dependency().ifPresent(id -> {
            conditions.add("id IN (SELECT run_id FROM run_dependencies WHERE dependency_id = ?)");
            parameters.add(id);
        });
        after.ifPresent(token -> {
            conditions.add("(created_at < ? OR (created_at = ? AND id < ?))");
            parameters.addAll(List.of(token.createdAt(), token.createdAt(), token.id()));
        });
        return new Where(conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions), parameters);
    }
}
