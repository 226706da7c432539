package dev.engram.runs.worker;

import dev.engram.runs.ComputeDevice;
import dev.engram.store.StoreEndpoints;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a worker is told by its environment.
 *
 * @param endpoints {@code ENGRAM_S3_*}, {@code ENGRAM_DB_*}
 * @param home {@code ENGRAM_HOME}: local cache and scratch space
 * @param threads {@code ENGRAM_THREADS}: threads to compute with, at least 1; default all cores
 * @param device {@code ENGRAM_DEVICE}: what to compute on, {@code cpu} or {@code cuda:N}. Default cpu
 * @param attempt {@code ENGRAM_WORKER_ATTEMPT}: the attempt it was started for, at least 1
 * @param parent {@code ENGRAM_WORKER_PARENT}: id of the process it must not outlive; empty if it may outlive any
 * @param heartbeat {@code ENGRAM_HEARTBEAT}: the heartbeats' interval; the worker reports at least twice in each. Default PT5S
 * @param patience {@code ENGRAM_PATIENCE}: how long it waits for a store or catalogue that is away. Default PT5M
 */
record WorkerSettings(
        StoreEndpoints endpoints, Path home, int threads, String device, int attempt, Optional<Long> parent, Duration heartbeat, Duration patience) {

    static final String SCRATCH = "scratch-";

    /** @throws IllegalArgumentException naming every variable that is missing or wrong */
    static WorkerSettings from(Map<String, String> environment) {
        Reader reader = new Reader(environment, new ArrayList<>());
        StoreEndpoints endpoints = reader.endpoints();
        String home = reader.text("ENGRAM_HOME").orElse(System.getProperty("user.home") + "/.engram");
        int threads = reader.count("ENGRAM_THREADS").orElse(Runtime.getRuntime().availableProcessors());
        String device = reader.device();
        int attempt = reader.count("ENGRAM_WORKER_ATTEMPT").orElseGet(() -> reader.missing("ENGRAM_WORKER_ATTEMPT"));
        Optional<Long> parent = reader.count("ENGRAM_WORKER_PARENT").map(Integer::longValue);
        Duration heartbeat = reader.duration("ENGRAM_HEARTBEAT", Duration.ofSeconds(5));
        Duration patience = reader.duration("ENGRAM_PATIENCE", Duration.ofMinutes(5));
        if (!reader.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reader.problems()));
        }
        return new WorkerSettings(endpoints, Path.of(home).toAbsolutePath(), threads, device, attempt, parent, heartbeat, patience);
    }

    /** The directory of a run on this machine: its workers' output and scratch space. */
    Path directory(String runId) {
        return home.resolve("workers").resolve(runId);
    }

    /** Space of this attempt alone. */
    Path scratch(String runId) {
        return directory(runId).resolve(SCRATCH + attempt);
    }

    private record Reader(Map<String, String> environment, List<String> problems) {

        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
        }

        StoreEndpoints endpoints() {
            try {
                return StoreEndpoints.fromEnvironment(environment);
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
                return null;
            }
        }

        Optional<Integer> count(String name) {
            return text(name).flatMap(value -> {
                if (value.matches("[1-9][0-9]{0,8}")) {
                    return Optional.of(Integer.valueOf(value));
                }
                problems.add(name + " must be a whole number of at least 1, is " + value);
                return Optional.empty();
            });
        }

        String device() {
            String name = text("ENGRAM_DEVICE").orElse(ComputeDevice.CPU.name());
            if (!ComputeDevice.isName(name)) {
                problems.add("ENGRAM_DEVICE must be cpu or cuda:N, is " + name);
            }
            return name;
        }

        int missing(String name) {
            problems.add(name + " is missing");
            return 0;
        }

        Duration duration(String name, Duration otherwise) {
            try {
                Duration duration = text(name).map(Duration::parse).orElse(otherwise);
                if (duration.isPositive()) {
                    return duration;
                }
            } catch (DateTimeException e) {
                // Reported below like a duration that is not positive.
            }
            problems.add(name + " must be a duration such as PT2S, longer than 0, is " + environment.get(name));
            return otherwise;
        }
    }
}
