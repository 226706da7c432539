package dev.engram.runs.launch;

import dev.engram.runs.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How workers are started on this machine.
 *
 * @param java the {@code java} executable
 * @param classPath of the worker, as {@code -cp} takes it
 * @param mainClass the worker program
 * @param heap largest Java heap, as {@code -Xmx} takes it: {@code 1g}. Tensors live outside of it
 * @param threads threads a worker may compute with, at least 1
 * @param devices what they compute on: the CPU alone, shared by all, or cards, each for one worker at a time
 * @param home directory under which each run has {@code workers/<run>}
 * @param environment settings handed to the worker; may hold secrets, so they are never put on its command line
 * @param options further options of the JVM
 */
public record LocalWorkerSettings(
        Path java,
        String classPath,
        String mainClass,
        String heap,
        int threads,
        List<ComputeDevice> devices,
        Path home,
        Map<String, String> environment,
        List<String> options) {

    public LocalWorkerSettings {
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(classPath, "classPath");
        Objects.requireNonNull(mainClass, "mainClass");
        Objects.requireNonNull(home, "home");
        devices = List.copyOf(devices);
        environment = Map.copyOf(environment);
        options = List.copyOf(options);
        if (!heap.matches("[1-9][0-9]*[kKmMgG]?")) {
            throw new IllegalArgumentException("engram.worker.heap must be a size such as 1g or 768m, is " + heap);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("engram.threads must be at least 1, is " + threads);
        }
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("engram.devices must name at least one device");
        }
    }

    /** The executable of the running JVM. */
    public static Path currentJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The directory a run's workers write to. */
    public Path directory(String runId) {
        return home.resolve("workers").resolve(runId);
    }
}
