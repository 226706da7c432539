package dev.engram.runs.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.RunControl;
import dev.engram.runs.RunSubmission;
import dev.engram.runs.RunTasks;
import dev.engram.runs.RunTransitions;
import dev.engram.runs.executor.ExecutorSettings;
import dev.engram.runs.executor.RetryRule;
import dev.engram.runs.executor.RunExecutor;
import dev.engram.runs.launch.LocalLauncher;
import dev.engram.runs.launch.LocalWorkerSettings;
import dev.engram.runs.launch.WorkerClassPath;
import dev.engram.runs.testing.LaptopStore;
import dev.engram.store.Store;
import dev.engram.store.catalogue.LogLine;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Store, executor and real worker processes. */
final class Laptop implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofSeconds(4);
    static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final int LONGEST_WAIT_SECONDS = 120;

    private final LaptopStore backend;
    private final RunSubmission submission;
    private final RunControl control;
    private final RunExecutor executor;

    Laptop(Path home) throws Exception {
        backend = new LaptopStore(home);
        submission = new RunSubmission(store().catalogue(), RunTasks.load());
        control = new RunControl(store().catalogue().runs());
        ExecutorSettings settings = new ExecutorSettings(
                2, Duration.ofMillis(200), HEARTBEAT, Duration.ofSeconds(2), new RetryRule(0, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        executor = new RunExecutor(store().catalogue(), new LocalLauncher(workers(backend)), Set.of("unit_mem", "deja_vu"), settings);
        executor.start();
    }

    static LocalWorkerSettings workers(LaptopStore backend) {
        Map<String, String> environment = new HashMap<>(backend.endpoints().toEnvironment());
        environment.put("ENGRAM_HEARTBEAT", HEARTBEAT.toString());
        environment.put("ENGRAM_PATIENCE", PATIENCE.toString());
        return new LocalWorkerSettings(LocalWorkerSettings.currentJava(), WorkerClassPath.derive(System.getProperties()),
                WorkerMain.class.getName(), "128m", 1, backend.home(), environment, List.of());
    }

    LaptopStore backend() {
        return backend;
    }

    Store store() {
        return backend.store();
    }

    RunControl control() {
        return control;
    }

    void submit(String id, RunSpec spec) {
        submission.submit(spec, id, null);
    }

    RunRecord get(String id) {
        return store().catalogue().runs().get(id);
    }

    List<String> log(String id) {
        return store().catalogue().log().read(id, 0, 1000).stream().map(LogLine::message).toList();
    }

    /** The id of the artifact a run made as its result, by content. */
    String result(String id) {
        return store().catalogue().artifacts().madeBy(id, "result").orElseThrow();
    }

    ProcessHandle worker(String id) {
        String worker = get(id).worker().orElseThrow();
        return ProcessHandle.of(Long.parseLong(worker.substring(worker.lastIndexOf(':') + 1))).orElseThrow();
    }

    RunRecord await(String id, State state) {
        boolean reached = within(LONGEST_WAIT_SECONDS, () -> {
            State now = get(id).state();
            return now == state || RunTransitions.hasEnded(now);
        });
        RunRecord run = get(id);
        assertTrue(reached && run.state() == state, "runs/" + id + " should become " + state + ", is " + run + "\n" + String.join("\n", log(id)));
        return run;
    }

    void awaitResumePoint(String id) {
        assertTrue(within(LONGEST_WAIT_SECONDS, () -> store().catalogue().resumePoints().latest(id).isPresent()), "no resume point of runs/" + id);
    }

    static boolean within(int seconds, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    @Override
    public void close() throws Exception {
        executor.close();
        backend.close();
    }
}
