package dev.engram.runs.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/**
 * Gives every failure of every gRPC method of the house its status, so that services just throw. A defect is logged with its stack under
 * a number, and the client is told the number.
 */
@ApplicationScoped
public class GrpcErrors implements ExceptionHandlerProvider {

    private static final Logger LOG = System.getLogger(GrpcErrors.class.getName());

    @Override
    public StatusRuntimeException transform(Throwable failure) {
        return StatusMapping.of(failure).orElseGet(() -> defect(failure));
    }

    private static StatusRuntimeException defect(Throwable failure) {
        var number = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.ERROR, "Defect " + number, failure);
        return Status.INTERNAL.withDescription("a defect of Engram; the server's log has it under " + number).asRuntimeException();
    }

    @Override
    public <Q, A> ExceptionHandler<Q, A> createHandler(ServerCall.Listener<Q> listener, ServerCall<Q, A> call, Metadata headers) {
        return new ExceptionHandler<>(listener, call, headers) {
            @Override
            protected void handleException(Throwable failure, ServerCall<Q, A> failed, Metadata ignored) {
                var status = transform(failure);
                var trailers = status.getTrailers() == null ? new Metadata() : status.getTrailers();
                failed.close(status.getStatus(), trailers);
            }
        };
    }
}
