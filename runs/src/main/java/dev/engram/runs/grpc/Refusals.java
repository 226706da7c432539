package dev.engram.runs.grpc;

import com.google.rpc.BadRequest;
import dev.engram.runs.InvalidRunException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.UnaryOperator;

/** What one service says is wrong with a request that another made of its own request, told in the words of the latter. */
public final class Refusals {

    private Refusals() {}

    /** What a request was refused for, whether by rules of this process or of another. Anything but a refusal is thrown on. */
    public static List<BadRequest.FieldViolation> of(RuntimeException refusal) {
        BadRequest found = switch (refusal) {
            case InvalidRunException invalid -> invalid.violations();
            case StatusRuntimeException status when status.getStatus().getCode() == Status.Code.INVALID_ARGUMENT -> StatusMapping.violations(status);
            default -> throw refusal;
        };
        if (found.getFieldViolationsCount() == 0) {
            throw refusal;
        }
        return found.getFieldViolationsList();
    }

    /**
     * Does what may be refused; a refusal is thrown as that of the caller's own request.
     *
     * @param field from a field of the inner request to the one of the outer request it was made of
     * @throws InvalidRunException with every field that is wrong
     */
    public static void in(UnaryOperator<String> field, Runnable call) {
        try {
            call.run();
        } catch (InvalidRunException | StatusRuntimeException e) {
            FieldViolations violations = new FieldViolations();
            of(e).forEach(violation -> violations.add(field.apply(violation.getField()), violation.getDescription()));
            throw new InvalidRunException(violations);
        }
    }

    /** @throws InvalidRunException with the violations, if there are any */
    public static void throwIfAny(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw new InvalidRunException(violations);
        }
    }
}
