package dev.engram.runs.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Another service that this one asks.
 *
 * @param name as in the settings that say where it is, {@code engram.NAME.host} and {@code engram.NAME.port}
 */
public record Peer(String name) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Waits for its answer, for at most half a minute.
     *
     * @throws StatusRuntimeException as the service answers; if it is not where it was looked for, UNAVAILABLE with its name and the settings
     */
    public <T> T answer(Uni<T> call) {
        try {
            return call.await().atMost(PATIENCE);
        } catch (StatusRuntimeException e) {
            Status status = e.getStatus();
            if (status.getCode() == Status.Code.UNIMPLEMENTED || status.getCode() == Status.Code.UNAVAILABLE) {
                throw Status.UNAVAILABLE
                        .withDescription("the %s service does not answer where engram.%s.host and engram.%s.port say: %s"
                                .formatted(name, name, name, status.getDescription()))
                        .withCause(e)
                        .asRuntimeException();
            }
            throw e;
        }
    }
}
