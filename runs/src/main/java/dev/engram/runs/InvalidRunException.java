package dev.engram.runs;

import com.google.rpc.BadRequest;
import dev.engram.runs.grpc.FieldViolations;

/** A submission that cannot become a run, with every field that is wrong. */
public final class InvalidRunException extends RuntimeException {
    private final transient BadRequest violations;

    public InvalidRunException(FieldViolations violations) {
        super(violations.toString());
        this.violations = violations.toBadRequest();
    }

    public BadRequest violations() {
        return violations;
    }
}
