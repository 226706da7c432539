package dev.engram.local;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code engram}: what {@code ./engram} starts. */
@QuarkusMain
@Command(
        name = "engram",
        description = "Locates and attacks the memorization of single training images in vision encoders.",
        subcommands = {DemoCommand.class, UpCommand.class, ImportCommand.class, ExportCommand.class, BenchCommand.class},
        mixinStandardHelpOptions = true,
        version = "Engram 1.0",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "  ./engram test builds Engram and runs all its tests."})
public final class Main {
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("engram: " + Failures.sentence(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }
}
