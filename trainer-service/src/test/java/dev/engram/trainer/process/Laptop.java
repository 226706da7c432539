package dev.engram.trainer.process;

import dev.engram.runs.PairCatalogue;
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
import dev.engram.runs.worker.WorkerMain;
import dev.engram.store.Store;
import dev.engram.store.artifact.Manifest;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Store, executor and real worker processes for the trainer's kinds of runs. */
final class Laptop implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(180);

    private final LaptopStore backend;
    private final RunSubmission submission;
    private final PairCatalogue pairs;
    private final RunControl control;
    private final RunExecutor executor;

    Laptop(Path home) throws Exception {
        this.backend = new LaptopStore(home);
        RunTasks tasks = RunTasks.load();
        this.submission = new RunSubmission(store().catalogue(), tasks);
        this.pairs = new PairCatalogue(store().catalogue(), tasks);
        this.control = new RunControl(store().catalogue().runs());
        ExecutorSettings settings = new ExecutorSettings(
                1,
                Duration.ofMillis(100),
                HEARTBEAT,
                Duration.ofSeconds(2),
                new RetryRule(0, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        Set<String> kinds = Set.of("register_dataset", "create_split", "train_encoder", "probe");
        this.executor = new RunExecutor(store().catalogue(), new LocalLauncher(workers()), kinds, settings);
        executor.start();
    }

    private LocalWorkerSettings workers() {
        Map<String, String> environment = new HashMap<>(backend.endpoints().toEnvironment());
        environment.put("ENGRAM_HEARTBEAT", HEARTBEAT.toString());
        return new LocalWorkerSettings(
                LocalWorkerSettings.currentJava(),
                WorkerClassPath.derive(System.getProperties()),
                WorkerMain.class.getName(),
                "256m",
                1,
                backend.home(),
                environment,
                List.of("--enable-native-access=ALL-UNNAMED"));
    }

    Store store() {
        return backend.store();
    }

    RunControl control() {
        return control;
    }

    PairCatalogue pairs() {
        return pairs;
    }

    void submit(String id, RunSpec spec) {
        submission.submit(spec, id, null);
    }

    RunRecord get(String id) {
        return store().catalogue().runs().get(id);
    }

    /** The artifact a run made: its id is the digest of every byte. */
    Manifest made(String id, String role) {
        return store().artifacts().open(store().catalogue().artifacts().madeBy(id, role).orElseThrow()).manifest();
    }

    List<String> log(String id) {
        return store().catalogue().log().read(id, 0, 1000).stream().map(line -> line.message()).toList();
    }

    void kill(String id) {
        String worker = get(id).worker().orElseThrow();
        long pid = Long.parseLong(worker.substring(worker.lastIndexOf(':') + 1));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    long resumeStep(String id) {
        return store().catalogue().resumePoints().latest(id).map(point -> point.step()).orElse(0L);
    }

    RunRecord await(String id, Run.State state) {
        within(() -> get(id).state() == state || RunTransitions.hasEnded(get(id).state()));
        RunRecord run = get(id);
        if (run.state() != state) {
            throw new AssertionError(
                    "runs/%s should become %s, is %s\n%s".formatted(id, state, run, String.join("\n", log(id))));
        }
        return run;
    }

    static void within(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not reached within " + LONGEST_WAIT);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws Exception {
        executor.close();
        backend.close();
    }
}
