package dev.engram.local;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the process listens and keeps its files. */
final class ServerOptions {
    @Option(names = "--home", paramLabel = "DIR", description = "Objects, catalogue and logs (default: $ENGRAM_HOME or ~/.engram).")
    Path home = defaultHome();

    @Option(names = "--port", paramLabel = "PORT", description = "Page and gRPC (default: ${DEFAULT-VALUE}).")
    int port = 8080;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String host = "127.0.0.1";

    private static Path defaultHome() {
        String fromEnvironment = System.getenv("ENGRAM_HOME");
        return fromEnvironment == null || fromEnvironment.isBlank()
                ? Path.of(System.getProperty("user.home"), ".engram")
                : Path.of(fromEnvironment);
    }
}
