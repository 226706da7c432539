package dev.engram.local;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts all services and waits. */
@Command(name = "up", description = "Starts all services in one process and waits for Ctrl-C.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws Exception {
        return LocalServer.whileUp(server, () -> {
            System.out.println("Engram is up: " + LocalServer.address(server) + "  (files in " + server.home + "; Ctrl-C ends it)");
            Quarkus.waitForExit();
            return 0;
        });
    }
}
