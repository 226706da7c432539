package dev.engram.ui.fake;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/** How the stand-in answers: one message, or an error as the services send it. */
final class Answers {

  private Answers() {
  }

  static <T> void one(StreamObserver<T> observer, Supplier<T> answer) {
    try {
      observer.onNext(answer.get());
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }

  static <T> T found(T value, String name) {
    if (value == null) {
      throw io.grpc.Status.NOT_FOUND.withDescription("There is no " + name + ".").asRuntimeException();
    }
    return value;
  }

  static void refuse(List<BadRequest.FieldViolation> violations) {
    if (!violations.isEmpty()) {
      throw StatusProto.toStatusRuntimeException(Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE)
          .setMessage("The request has " + violations.size() + " invalid fields.")
          .addDetails(Any.pack(BadRequest.newBuilder().addAllFieldViolations(violations).build())).build());
    }
  }

  static BadRequest.FieldViolation violation(String field, String description) {
    return BadRequest.FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }
}
