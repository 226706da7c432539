package dev.engram.runs.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells a call that its client has left: by a cancel, a deadline, or with its connection. On the port of HTTP, Vert.x looks for that at the request alone, which has ended
 * when the server streams; without this the call of everyone who ever watched a run would look at the catalogue until the run ends.
 */
@GlobalInterceptor
@ApplicationScoped
public class LeftCalls implements ServerInterceptor {

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Once<Q> listener = new Once<>(next.startCall(call, headers));
        Context context = Vertx.currentContext();
        RoutingContext request = context == null ? null : context.getLocal(RoutingContext.class.getName());
        if (request != null) {
            request.addEndHandler(end -> {
                if (end.failed()) {
                    listener.onCancel();
                }
            });
        }
        return listener;
    }

    /** Both may see it. */
    private static final class Once<Q> extends SimpleForwardingServerCallListener<Q> {
        private final AtomicBoolean told = new AtomicBoolean();

        Once(Listener<Q> call) {
            super(call);
        }

        @Override
        public void onCancel() {
            if (told.compareAndSet(false, true)) {
                super.onCancel();
            }
        }
    }
}
