package dev.engram.runs.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.InvalidRunException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final FieldViolations violations = new FieldViolations();

    @Test
    void whatAnInnerRequestIsRefusedForIsToldAsTheOutersFields() {
        violations.add("spec.k", "must be positive");
        violations.add("run_id", "is no id");
        for (RuntimeException refusal : List.of(new InvalidRunException(violations), StatusMapping.invalid(violations))) {
            InvalidRunException told = assertThrows(InvalidRunException.class, () -> Refusals.in(field -> "plan." + field, () -> {
                throw refusal;
            }));
            assertEquals("plan.spec.k: must be positive\nplan.run_id: is no id", told.getMessage());
        }
    }

    @Test
    void whatIsNoRefusalPasses() {
        StatusRuntimeException away = Status.UNAVAILABLE.asRuntimeException();
        assertSame(away, assertThrows(StatusRuntimeException.class, () -> Refusals.in(field -> field, () -> {
            throw away;
        })));
        Refusals.throwIfAny(violations);
    }

    @Test
    void aPeerThatIsNotThereIsNamedWithItsSettings() {
        StatusRuntimeException away = assertThrows(
                StatusRuntimeException.class,
                () -> new Peer("trainer").answer(Uni.createFrom().failure(Status.UNIMPLEMENTED.withDescription("who?").asRuntimeException())));
        assertEquals(Status.Code.UNAVAILABLE, away.getStatus().getCode());
        assertTrue(away.getStatus().getDescription().contains("engram.trainer.port"), away.getStatus().getDescription());
        assertEquals(3, new Peer("trainer").answer(Uni.createFrom().item(3)));
    }
}
