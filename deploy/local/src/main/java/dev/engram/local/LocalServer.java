package dev.engram.local;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Starts every service in this process, does one thing while they are up, and stops them. */
final class LocalServer {
    private static final AtomicReference<Callable<Integer>> WORK = new AtomicReference<>();
    private static final AtomicReference<Exception> FAILURE = new AtomicReference<>();

    private LocalServer() {}

    /**
     * Runs {@code work} between start and stop of the services.
     *
     * @return what {@code work} returned, or the code the process was asked to exit with
     * @throws IOException if the home folder cannot be made or the port is taken
     */
    static int whileUp(ServerOptions options, Callable<Integer> work) throws Exception {
        Files.createDirectories(options.home);
        requireFreePort(options);
        System.setProperty("engram.home", options.home.toAbsolutePath().toString());
        System.setProperty("engram.host", options.host);
        System.setProperty("engram.port", Integer.toString(options.port));
        WORK.set(work);
        AtomicInteger exitCode = new AtomicInteger();
        AtomicReference<Throwable> startFailure = new AtomicReference<>();
        Quarkus.run(Application.class, (code, failure) -> {
            exitCode.set(code);
            startFailure.set(failure);
        });
        if (FAILURE.get() != null) {
            throw FAILURE.get();
        }
        if (startFailure.get() != null) {
            throw new IOException("could not start: " + Failures.sentence(rootOf(startFailure.get()))
                    + " (details: " + options.home.resolve("engram.log") + ")");
        }
        return exitCode.get();
    }

    static String address(ServerOptions options) {
        return "http://" + (options.host.equals("127.0.0.1") || options.host.equals("0.0.0.0") ? "localhost" : options.host)
                + ":" + options.port;
    }

    private static void requireFreePort(ServerOptions options) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(options.host), options.port));
        } catch (IOException taken) {
            throw new IOException("port " + options.port + " of " + options.host
                    + " is in use (by another Engram?); choose another with --port", taken);
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** What Quarkus runs once all services are up. */
    static final class Application implements QuarkusApplication {
        @Override
        public int run(String... arguments) {
            try {
                return WORK.get().call();
            } catch (Exception failure) {
                FAILURE.set(failure);
                return 1;
            }
        }
    }
}
