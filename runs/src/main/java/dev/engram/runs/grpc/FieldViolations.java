package dev.engram.runs.grpc;

import com.google.rpc.BadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects everything that is wrong with a request, so that a caller learns it all at once. Not thread safe. */
public final class FieldViolations {
    private final List<BadRequest.FieldViolation> violations = new ArrayList<>();

    /**
     * Adds a problem.
     *
     * @param field path from the request's root, e.g. {@code spec.recipe.epochs}
     * @param description what must hold, with the value that does not: {@code must be at least 1, is 0}
     */
    public void add(String field, String description) {
        violations.add(BadRequest.FieldViolation.newBuilder()
                .setField(Objects.requireNonNull(field, "field"))
                .setDescription(Objects.requireNonNull(description, "description"))
                .build());
    }

    /** Adds a problem unless {@code holds}. */
    public void require(boolean holds, String field, String description) {
        if (!holds) {
            add(field, description);
        }
    }

    public boolean isEmpty() {
        return violations.isEmpty();
    }

    /** The problems in the order they were found. */
    public List<BadRequest.FieldViolation> list() {
        return List.copyOf(violations);
    }

    /** The detail of an INVALID_ARGUMENT status. */
    public BadRequest toBadRequest() {
        return BadRequest.newBuilder().addAllFieldViolations(violations).build();
    }

    /** One line a problem: {@code field: description}. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        for (BadRequest.FieldViolation violation : violations) {
            if (!lines.isEmpty()) {
                lines.append('\n');
            }
            lines.append(violation.getField()).append(": ").append(violation.getDescription());
        }
        return lines.toString();
    }
}
