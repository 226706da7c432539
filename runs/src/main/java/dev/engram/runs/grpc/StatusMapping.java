package dev.engram.runs.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ResourceInfo;
import com.google.rpc.Status;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.OtherVersionException;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStateException;
import dev.engram.store.ConflictException;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.StoreException;
import dev.engram.store.StoreFullException;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import dev.engram.store.catalogue.InUseException;
import dev.engram.store.catalogue.InvalidPageTokenException;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What each failure of the house is to a gRPC client: a canonical code, one sentence, details where they help. */
public final class StatusMapping {

    private StatusMapping() {}

    /**
     * The status of a failure that the house knows, also when it comes wrapped.
     *
     * @return empty for anything else: a defect, whose text is for the log and not for a client
     */
    public static Optional<StatusRuntimeException> of(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException status -> Optional.of(status);
            case StatusException status -> Optional.of(status.getStatus().asRuntimeException(status.getTrailers()));
            case InvalidRunException invalid -> status(Code.INVALID_ARGUMENT, invalid.getMessage(), Any.pack(Brevity.violations(invalid.violations())));
            case InvalidPageTokenException invalid -> Optional.of(invalid("page_token", invalid.getMessage()));
            case RunStateException state -> status(Code.FAILED_PRECONDITION, state.getMessage());
            case OtherVersionException other -> status(Code.FAILED_PRECONDITION, other.getMessage());
            case InUseException use -> status(Code.FAILED_PRECONDITION, use.getMessage());
            case RunFailure run -> status(code(run), run.getMessage());
            case StoreException store -> of(store);
            case CompletionException wrapper when wrapper.getCause() != null -> of(wrapper.getCause());
            default -> Optional.empty();
        };
    }

    private static Optional<StatusRuntimeException> of(StoreException failure) {
        return switch (failure) {
            case ObjectNotFoundException missing -> status(Code.NOT_FOUND, missing.getMessage(), Any.pack(ResourceInfo.newBuilder().setResourceName(Brevity.message(missing.name())).build()));
            case ConflictException conflict -> status(Code.ALREADY_EXISTS, conflict.getMessage());
            case DataLossException loss -> status(Code.DATA_LOSS, loss.getMessage(), Any.pack(ResourceInfo.newBuilder().setResourceName(Brevity.message(loss.object())).build()));
            case StoreFullException full -> status(Code.RESOURCE_EXHAUSTED, full.getMessage());
            case StoreUnavailableException away -> status(Code.UNAVAILABLE, away.getMessage());
            case StoreRefusedException refused -> status(Code.INTERNAL, refused.getMessage());
        };
    }

    /** INVALID_ARGUMENT with every violation, or nothing when there is none. */
    public static void requireValid(FieldViolations violations) {
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
    }

    /** INVALID_ARGUMENT with every violation. */
    public static StatusRuntimeException invalid(FieldViolations violations) {
        return status(Code.INVALID_ARGUMENT, violations.toString(), Any.pack(Brevity.violations(violations.toBadRequest()))).orElseThrow();
    }

    private static StatusRuntimeException invalid(String field, String description) {
        var violations = new FieldViolations();
        violations.add(field, description);
        return invalid(violations);
    }

    /** The violations a client got with an INVALID_ARGUMENT; empty if there are none. */
    public static BadRequest violations(Throwable failure) {
        var status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return BadRequest.getDefaultInstance();
        }
        for (var detail : status.getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                return unpack(detail);
            }
        }
        return BadRequest.getDefaultInstance();
    }

    private static BadRequest unpack(Any detail) {
        try {
            return detail.unpack(BadRequest.class);
        } catch (InvalidProtocolBufferException e) {
            return BadRequest.getDefaultInstance();
        }
    }

    private static Code code(RunFailure failure) {
        return switch (failure.category()) {
            case INVALID_SPEC -> Code.INVALID_ARGUMENT;
            case DATA_LOSS -> Code.DATA_LOSS;
            case UNAVAILABLE, WORKER_LOST -> Code.UNAVAILABLE;
            case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
            case DIVERGED, DEPENDENCY_FAILED, OTHER_VERSION -> Code.FAILED_PRECONDITION;
            case INTERNAL, CATEGORY_UNSPECIFIED, UNRECOGNIZED -> Code.INTERNAL;
        };
    }

    private static Optional<StatusRuntimeException> status(Code code, String message, Any... details) {
        var status = Status.newBuilder().setCode(code.getNumber()).setMessage(Brevity.message(message)).addAllDetails(List.of(details)).build();
        return Optional.of(StatusProto.toStatusRuntimeException(status));
    }
}
