package dev.engram.runs.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.InvalidRunException;
import dev.engram.runs.OtherVersionException;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStateException;
import dev.engram.store.ConflictException;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.StoreFullException;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import dev.engram.v1.RunError;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class StatusMappingTest {

    @Test
    void everyKnownFailureHasItsCode() {
        assertCode(Status.Code.NOT_FOUND, new ObjectNotFoundException("runs/x"));
        assertCode(Status.Code.ALREADY_EXISTS, new ConflictException("runs/x exists already"));
        assertCode(Status.Code.DATA_LOSS, DataLossException.wrongSize("blobs/sha256/aa/aa", 2, 1));
        assertCode(Status.Code.RESOURCE_EXHAUSTED, new StoreFullException("full", null));
        assertCode(Status.Code.UNAVAILABLE, new StoreUnavailableException("away", null));
        assertCode(Status.Code.INTERNAL, new StoreRefusedException("no", null));
        assertCode(Status.Code.FAILED_PRECONDITION, new RunStateException("runs/x is QUEUED"));
        assertCode(Status.Code.FAILED_PRECONDITION, OtherVersionException.ofResult("runs/x", Optional.of("0.1"), null));
        assertCode(Status.Code.NOT_FOUND, new CompletionException(new ObjectNotFoundException("runs/x")));
        assertCode(Status.Code.CANCELLED, Status.CANCELLED.asException());
        assertEquals(Optional.empty(), StatusMapping.of(new IllegalStateException("a defect")));
    }

    @Test
    void everyCategoryOfARunsFailureHasACode() {
        for (var category : RunError.Category.values()) {
            assertTrue(StatusMapping.of(new RunFailure(category, "why", 0, false)).isPresent(), category.name());
        }
    }

    @Test
    void allViolationsTravelAtOnce() {
        var violations = new FieldViolations();
        violations.add("spec.recipe.epochs", "must be at least 1, is 0");
        violations.add("spec.split", "is required");

        var direct = assertThrows(StatusRuntimeException.class, () -> StatusMapping.requireValid(violations));
        var ofSubmission = StatusMapping.of(new InvalidRunException(violations)).orElseThrow();

        assertEquals(violations.toBadRequest(), StatusMapping.violations(direct));
        assertEquals(violations.toBadRequest(), StatusMapping.violations(ofSubmission));
        assertEquals(Status.Code.INVALID_ARGUMENT, ofSubmission.getStatus().getCode());
        StatusMapping.requireValid(new FieldViolations());
    }

    @Test
    void aDefectIsNotToldToTheClient() {
        var status = new GrpcErrors().transform(new IllegalStateException("the password is 1234"));
        assertEquals(Status.Code.INTERNAL, status.getStatus().getCode());
        assertFalse(status.getStatus().getDescription().contains("1234"));
    }

    private static void assertCode(Status.Code code, Throwable failure) {
        assertEquals(code, StatusMapping.of(failure).orElseThrow().getStatus().getCode());
    }

    /** Clients take 8 KiB of trailers; base64 and percent signs make a third more, and nine of one, of what is in them. */
    @Test
    void howeverMuchIsWrongTheStatusReachesTheClient() {
        FieldViolations many = new FieldViolations();
        for (int i = 0; i < 1000; i++) {
            many.add("spec.groups[" + i + "]", "must be one of the “known” ones, is " + "ü".repeat(i));
        }
        StatusRuntimeException refused = StatusMapping.invalid(many);
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        int trailers = URLEncoder.encode(refused.getStatus().getDescription(), StandardCharsets.UTF_8).length()
                + StatusProto.fromThrowable(refused).getSerializedSize() * 4 / 3;
        assertTrue(trailers < 8000, () -> trailers + " bytes");
        var told = StatusMapping.violations(refused).getFieldViolationsList();
        assertEquals("spec.groups[0]", told.getFirst().getField());
        assertEquals("is wrong, as " + (1000 - told.size()) + " others are that are not told here", told.getLast().getDescription());

        StatusRuntimeException missing = StatusMapping.of(new ObjectNotFoundException("x".repeat(100_000))).orElseThrow();
        assertTrue(StatusProto.fromThrowable(missing).getSerializedSize() < 5000);
    }
}
