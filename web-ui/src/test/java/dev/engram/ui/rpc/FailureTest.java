package dev.engram.ui.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void everyCodeIsASentence(Status.Code code) {
    Failure failure = Failure.of(Status.fromCode(code).asRuntimeException(), "trainer");
    assertEquals(code, failure.code());
    assertTrue(failure.message().length() > 10, failure.message());
    assertFalse(failure.message().contains(code.name()), failure.message());
  }

  @Test
  void aServiceThatIsAwayMayComeBack() {
    Failure failure = Failure.of(Status.UNAVAILABLE.withDescription("io exception").asRuntimeException(), "trainer");
    assertEquals("The trainer service cannot be reached.", failure.message());
    assertTrue(failure.transientFailure());
    assertTrue(Failure.of(new io.smallrye.mutiny.TimeoutException(), "run").transientFailure());
    assertFalse(Failure.of(Status.NOT_FOUND.asRuntimeException(), "run").transientFailure());
  }

  @Test
  void aStackTraceIsNeverPassedOn() {
    Failure failure = Failure.of(Status.INTERNAL.withDescription("java.lang.NullPointerException\n\tat a.B.c(B.java:3)").asRuntimeException(), "run");
    assertEquals("The run service failed; its log says why.", failure.message());
    assertEquals("The run service failed; its log says why.", Failure.of(new IllegalStateException("boom"), "run").message());
  }

  @Test
  void everyRefusedFieldIsFound() {
    List<FieldViolation> violations = List.of(
        FieldViolation.newBuilder().setField("spec.views").setDescription("Must be 2 to 64.").build(),
        FieldViolation.newBuilder().setField("spec.pair").setDescription("Is needed.").build());
    Failure failure = Failure.of(StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
        .setCode(Code.INVALID_ARGUMENT_VALUE).setMessage("2 invalid fields")
        .addDetails(Any.pack(BadRequest.newBuilder().addAllFieldViolations(violations).build())).build()), "metrics");
    assertEquals(violations, failure.violations());
    assertEquals("2 values were refused.", failure.message());
  }
}
