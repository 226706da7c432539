package dev.engram.local;

import dev.engram.local.demo.Services;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** Where the Engram is that a command talks to. */
final class RunningEngram {
    @Option(names = "--port", paramLabel = "PORT", description = "Of the running Engram (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Of the running Engram (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    Services services() {
        return Services.at(host, port);
    }

    /** The address of a page. */
    String page(String path) {
        return "http://%s:%d/%s".formatted(host, port, path);
    }

    /** Does something with a running Engram; says so if there is none. */
    <T> T ask(Callable<T> question) throws Exception {
        try {
            return question.call();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
                throw new IOException("no Engram answers at %s:%d; start one with ./engram up, or say where it is with --host and --port"
                        .formatted(host, port), e);
            }
            throw e;
        }
    }
}
