package dev.engram.it;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import dev.engram.testing.FreePorts;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of Engram, started from what the build made, with its output in a file. */
final class EngramProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final Path HOUSE = Path.of("").toAbsolutePath().getParent();

    private final Process process;
    private final Path output;
    private final int port;

    private EngramProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** The whole of Engram in one process: {@code arguments} as a person types them behind {@code ./engram}. */
    static EngramProcess local(Path directory, int port, String... arguments) throws IOException {
        return start("deploy/local", directory, port, Map.of(), arguments);
    }

    /** One service alone; {@code settings} become system properties. */
    static EngramProcess service(String module, Path directory, int port, Map<String, String> settings) throws IOException {
        return start(module, directory, port, settings);
    }

    private static EngramProcess start(String module, Path directory, int port, Map<String, String> settings, String... arguments)
            throws IOException {
        Path jar = HOUSE.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + " is missing: the module has not been packaged");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        Files.createDirectories(directory);
        Path output = directory.resolve(module.replace('/', '-') + ".out");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new EngramProcess(process, output, port);
    }

    static int freePort() throws IOException {
        return FreePorts.choose();
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** Returns when gRPC's health service answers SERVING. */
    EngramProcess awaitServing() throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            while (System.nanoTime() < end) {
                if (!process.isAlive()) {
                    throw new IOException("ended with code " + process.exitValue() + ":\n" + output());
                }
                if (serving(channel)) {
                    return this;
                }
                Thread.sleep(200);
            }
            throw new IOException("not serving after " + START.toSeconds() + " s:\n" + output());
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean serving(ManagedChannel channel) {
        try {
            return HealthGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance()).getStatus() == HealthCheckResponse.ServingStatus.SERVING;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    /** The exit code. */
    int awaitExit(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("still running after " + limit.toSeconds() + " s:\n" + output());
        }
        return process.exitValue();
    }

    /** SIGTERM, as Ctrl-C; SIGKILL if it does not obey. Returns when its workers have ended, too: they would write to folders that a test deletes. */
    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        for (ProcessHandle worker : workers) {
            worker.destroyForcibly();
            worker.onExit().join();
        }
    }
}
