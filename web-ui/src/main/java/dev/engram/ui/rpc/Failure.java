package dev.engram.ui.rpc;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a call failed, in words for a person: never a stack trace, never a bare code.
 *
 * @param code gRPC status code
 * @param message one sentence that says what to do
 * @param violations the fields of the request that were refused, in the server's order; empty if it named none
 */
public record Failure(Status.Code code, String message, List<FieldViolation> violations) {

  public Failure {
    requireNonNull(code, "code");
    requireNonNull(message, "message");
    violations = List.copyOf(violations);
  }

  /**
   * Reads a failure out of what a call threw.
   *
   * @param service name of the service that was called, as a person knows it
   */
  public static Failure of(Throwable thrown, String service) {
    Status status = Status.fromThrowable(thrown);
    if (thrown instanceof io.smallrye.mutiny.TimeoutException) {
      status = Status.DEADLINE_EXCEEDED;
    }
    List<FieldViolation> violations = violations(thrown);
    return new Failure(status.getCode(), describe(status, service, violations), violations);
  }

  /** The message, and behind it what is wrong with each field; for where there is no form to show them in. */
  public String text() {
    return violations.stream().map(violation -> " " + violation.getField() + ": " + violation.getDescription() + ".").reduce(message, String::concat);
  }

  /** Whether asking again, unchanged, may succeed. */
  public boolean transientFailure() {
    return code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED;
  }

  private static String describe(Status status, String service, List<FieldViolation> violations) {
    String said = status.getDescription() == null ? "" : status.getDescription().strip();
    return switch (status.getCode()) {
      case UNAVAILABLE -> "The " + service + " service cannot be reached.";
      case DEADLINE_EXCEEDED -> "The " + service + " service did not answer in time.";
      case UNIMPLEMENTED -> "The " + service + " service of this installation does not offer this.";
      case INVALID_ARGUMENT -> violations.isEmpty() ? or(said, "The request was refused.")
          : violations.size() == 1 ? "One value was refused." : violations.size() + " values were refused.";
      case NOT_FOUND -> or(said, "There is nothing of this name.");
      case ALREADY_EXISTS -> or(said, "The name is already taken.");
      case FAILED_PRECONDITION -> or(said, "This is not possible in the present state.");
      case DATA_LOSS -> "Stored data is damaged. " + said;
      case RESOURCE_EXHAUSTED -> or(said, "Too much was asked for at once.");
      case PERMISSION_DENIED, UNAUTHENTICATED -> "You are not allowed to do this.";
      case CANCELLED, ABORTED -> or(said, "The request was given up.");
      case OUT_OF_RANGE -> or(said, "A value is out of its range.");
      case OK, UNKNOWN, INTERNAL ->
          "The " + service + " service failed" + (said.isEmpty() || said.contains("\n") ? "; its log says why." : ": " + said);
    };
  }

  private static String or(String said, String otherwise) {
    return said.isEmpty() ? otherwise : said;
  }

  private static List<FieldViolation> violations(Throwable thrown) {
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    if (status == null) {
      return List.of();
    }
    List<FieldViolation> found = new ArrayList<>();
    for (Any detail : status.getDetailsList()) {
      if (!detail.is(BadRequest.class)) {
        continue;
      }
      try {
        found.addAll(detail.unpack(BadRequest.class).getFieldViolationsList());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("google.rpc.BadRequest that cannot be read", e);
      }
    }
    return found;
  }
}
