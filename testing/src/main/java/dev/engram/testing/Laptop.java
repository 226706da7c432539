package dev.engram.testing;

import dev.engram.runs.ComputeDevice;
import dev.engram.runs.PairCatalogue;
import dev.engram.runs.Resources;
import dev.engram.runs.RunControl;
import dev.engram.runs.RunSpecs;
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
import dev.engram.store.catalogue.LogLine;
import dev.engram.store.catalogue.ResumePoint;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunProgress;
import dev.engram.v1.RunSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A store, an executor and real worker processes for every kind of run whose task is on the class path. Nothing is retried unasked. */
public final class Laptop implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final int BEATS = 50;
    /** Compiles quickly rather than well: these workers live for seconds, and Java is the smaller part of what they do. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1");

    private final LaptopStore backend;
    private final RunTasks tasks = RunTasks.load();
    private final LaptopSettings settings;
    private final RunSubmission submission;
    private final RunControl control;
    private RunExecutor executor;

    public Laptop(Path home) throws Exception {
        this(home, LaptopSettings.standard());
    }

    public Laptop(Path home, LaptopSettings settings) throws Exception {
        this.backend = new LaptopStore(home);
        this.settings = settings;
        this.submission = new RunSubmission(store().catalogue(), tasks);
        this.control = new RunControl(store().catalogue().runs());
        startExecutor();
    }

    /** How the workers of a laptop are started. */
    public static LocalWorkerSettings workers(LaptopStore backend, LaptopSettings settings) {
        Map<String, String> environment = new HashMap<>(backend.endpoints().toEnvironment());
        environment.put("ENGRAM_HEARTBEAT", settings.heartbeat().dividedBy(BEATS).toString());
        environment.put("ENGRAM_PATIENCE", settings.patience().toString());
        return new LocalWorkerSettings(LocalWorkerSettings.currentJava(), WorkerClassPath.derive(System.getProperties()),
                WorkerMain.class.getName(), settings.heap(), 1, List.of(ComputeDevice.CPU), backend.home(), environment, SHORT_LIVED);
    }

    /** As at the start of a service. */
    public void startExecutor() {
        Set<String> kinds = tasks.kinds().stream().map(RunTasks::kindName).collect(Collectors.toSet());
        RetryRule never = new RetryRule(0, Duration.ofSeconds(1), Duration.ofSeconds(1));
        executor = new RunExecutor(store().catalogue(), new LocalLauncher(workers(backend, settings)), kinds,
                new ExecutorSettings(settings.slots(), TICK, settings.heartbeat(), settings.stopGrace(), settings.stopGrace(), never));
        executor.start();
    }

    /** As at the orderly stop of a service. */
    public void stopExecutor() {
        executor.close();
    }

    public LaptopStore backend() {
        return backend;
    }

    public LaptopSettings settings() {
        return settings;
    }

    public Store store() {
        return backend.store();
    }

    public RunSubmission submission() {
        return submission;
    }

    public RunControl control() {
        return control;
    }

    public PairCatalogue pairs() {
        return new PairCatalogue(store().catalogue(), tasks);
    }

    public Resources resources() {
        return new Resources(store().catalogue());
    }

    public void submit(String id, RunSpec spec) {
        submission.submit(spec, id, null);
    }

    public RunRecord get(String id) {
        return store().catalogue().runs().get(id);
    }

    /** What a run has last said of its progress; empty if nothing. */
    public static RunProgress progress(RunRecord run) {
        return RunSpecs.parse(run.progress().orElse("{}"), RunProgress.newBuilder()).build();
    }

    public List<String> log(String id) {
        return store().catalogue().log().read(id, 0, 1000).stream().map(LogLine::message).toList();
    }

    /** Id of an artifact a run made: equal ids are equal bytes. */
    public Optional<String> made(String id, String role) {
        return store().catalogue().artifacts().madeBy(id, role);
    }

    /** Id of the artifact that is the run's {@code result}. */
    public String result(String id) {
        return made(id, "result").orElseThrow();
    }

    /** Position of the latest resume point, 0 without one. */
    public long resumeStep(String id) {
        return store().catalogue().resumePoints().latest(id).map(ResumePoint::step).orElse(0L);
    }

    /** The process that executes a running run. */
    public ProcessHandle worker(String id) {
        String worker = get(id).worker().orElseThrow();
        return ProcessHandle.of(Long.parseLong(worker.substring(worker.lastIndexOf(':') + 1))).orElseThrow();
    }

    /** SIGKILL to the worker of a run. */
    public void kill(String id) {
        worker(id).destroyForcibly();
    }

    public RunRecord await(String id, State state) {
        boolean reached = within(LONGEST_WAIT, () -> {
            State now = get(id).state();
            return now == state || RunTransitions.hasEnded(now);
        });
        RunRecord run = get(id);
        if (!reached || run.state() != state) {
            throw new AssertionError("runs/" + id + " should become " + state + ":\n" + describe(id));
        }
        return run;
    }

    public void awaitResumePoint(String id) {
        await(id, () -> resumeStep(id) > 0, "has no resume point");
    }

    /** Waits until something is so of a run that has not ended. */
    public void await(String id, BooleanSupplier condition, String otherwise) {
        boolean reached = within(LONGEST_WAIT, () -> condition.getAsBoolean() || RunTransitions.hasEnded(get(id).state()));
        if (!reached || !condition.getAsBoolean()) {
            throw new AssertionError("runs/" + id + " " + otherwise + ":\n" + describe(id));
        }
    }

    public String describe(String id) {
        return get(id) + "\n" + String.join("\n", log(id));
    }

    /** Waits until a process is no more. */
    public static void awaitEnd(ProcessHandle process) {
        if (!within(LONGEST_WAIT, () -> !process.isAlive())) {
            throw new AssertionError("process " + process.pid() + " goes on");
        }
    }

    /** Whether something becomes so in time; looks often. */
    public static boolean within(Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(20);
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
