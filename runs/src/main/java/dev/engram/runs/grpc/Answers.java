package dev.engram.runs.grpc;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Supplier;

/**
 * Answers whose work blocks, done by a worker thread once the call is under way.
 *
 * <p>Every gRPC method of the house answers through here, and none carries {@code @Blocking} or {@code @RunOnVirtualThread}: those start the call
 * itself on another thread, where in this line of Quarkus the end of a request can overtake the request when the machine is busy
 * (quarkus issue 48940). The caller then waits for ever.
 */
public final class Answers {

    private Answers() {}

    /** The value {@code work} returns, or the failure it throws. */
    public static <T> Uni<T> by(Supplier<? extends T> work) {
        return Uni.createFrom().<T>item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** The items of the stream {@code work} returns, or the failure it throws. */
    public static <T> Multi<T> stream(Supplier<Multi<? extends T>> work) {
        return Multi.createFrom().<T>deferred(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
