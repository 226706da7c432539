package dev.engram.metrics.task;

import dev.engram.runs.ResourceName;
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
import dev.engram.store.DatabaseSettings;
import dev.engram.store.S3Settings;
import dev.engram.store.Store;
import dev.engram.store.StoreEndpoints;
import dev.engram.store.artifact.ArtifactDraft;
import dev.engram.store.catalogue.LogLine;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.store.s3.S3ObjectStore;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.h2.tools.Server;

/** Object store, catalogue and executor with real worker processes, in which a pair has been trained already. */
final class Laptop implements AutoCloseable {
    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret";
    private static final int LONGEST_WAIT_SECONDS = 240;

    private final Server sql;
    private final S3Proxy s3;
    private final RunExecutor executor;
    private final RunControl control;

    final Store store;
    final RunSubmission submission;

    Laptop(Path home, TinyPair pair) throws Exception {
        sql = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", Files.createDirectories(home.resolve("s3")).toString());
        s3 = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                .build();
        s3.start();
        StoreEndpoints endpoints = new StoreEndpoints(
                new S3Settings(
                        URI.create("http://127.0.0.1:" + s3.getPort()),
                        KEY,
                        SECRET,
                        S3Settings.DEFAULT_BUCKET,
                        S3Settings.DEFAULT_REGION),
                new DatabaseSettings(
                        "jdbc:h2:tcp://127.0.0.1:" + sql.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""));
        try (S3ObjectStore objects = new S3ObjectStore(endpoints.s3())) {
            objects.makeBucket();
        }
        store = Store.open(endpoints, home);
        store.catalogue().migrate();
        submission = new RunSubmission(store.catalogue(), RunTasks.load());
        control = new RunControl(store.catalogue().runs());
        train(pair);
        executor = new RunExecutor(
                store.catalogue(),
                new LocalLauncher(workers(home, endpoints)),
                Set.of("layer_mem", "unit_mem"),
                new ExecutorSettings(
                        1,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        new RetryRule(0, Duration.ofSeconds(1), Duration.ofSeconds(1))));
        executor.start();
    }

    private static LocalWorkerSettings workers(Path home, StoreEndpoints endpoints) {
        Map<String, String> environment = new HashMap<>(endpoints.toEnvironment());
        environment.put("ENGRAM_HEARTBEAT", "PT2S");
        environment.put("ENGRAM_PATIENCE", "PT10S");
        return new LocalWorkerSettings(
                LocalWorkerSettings.currentJava(),
                WorkerClassPath.derive(System.getProperties()),
                WorkerMain.class.getName(),
                "512m",
                1,
                home,
                environment,
                List.of());
    }

    /** What runs of the trainer would have left. */
    private void train(TinyPair pair) throws IOException {
        RunSpec dataset = RunSpec.newBuilder()
                .setRegisterDataset(RegisterDatasetSpec.newBuilder().setDisplayName("tiny"))
                .build();
        RunSpec split = RunSpec.newBuilder()
                .setCreateSplit(CreateSplitSpec.newBuilder().setDataset(TinyPair.PAIR.dataset()))
                .build();
        store.catalogue().runs().create(run(TinyPair.PAIR.dataset(), dataset));
        store.catalogue().runs().create(run(TinyPair.PAIR.split(), split));
        store.catalogue()
                .pairs()
                .create(
                        id(TinyPair.PAIR.name()),
                        Optional.empty(),
                        id(TinyPair.PAIR.split()),
                        "{}",
                        Stream.of(TinyPair.PAIR.candidate(), TinyPair.PAIR.reference())
                                .map(encoder -> run(encoder, training()))
                                .toList());
        succeed(TinyPair.PAIR.dataset(), "dataset", pair);
        succeed(TinyPair.PAIR.split(), "split", pair);
        succeed(TinyPair.PAIR.candidate(), "checkpoint", pair);
        succeed(TinyPair.PAIR.reference(), "checkpoint", pair);
    }

    private static RunSpec training() {
        return RunSpec.newBuilder()
                .setTrainEncoder(TrainEncoderSpec.newBuilder().setSplit(TinyPair.PAIR.split()))
                .build();
    }

    private static NewRun run(String resource, RunSpec spec) {
        return new NewRun(
                id(resource),
                Optional.empty(),
                RunTasks.kindName(spec.getTaskCase()),
                RunSpecs.toJson(spec),
                List.of());
    }

    private void succeed(String resource, String role, TinyPair pair) throws IOException {
        RunRecord claimed = store.catalogue()
                .runs()
                .claim(id(resource), store.catalogue().runs().get(id(resource)).attempt() + 1, "trainer:1")
                .orElseThrow();
        try (ArtifactDraft draft = store.artifacts().draft(role);
                Stream<Path> files = Files.list(pair.folder(resource))) {
            for (Path file : files.toList()) {
                draft.write(file.getFileName().toString(), "application/octet-stream", Files.readAllBytes(file));
            }
            store.catalogue().artifacts().link(id(resource), role, draft.commit().id());
        }
        store.catalogue().runs().release(claimed.claim(), StateChange.to(State.SUCCEEDED)).orElseThrow();
    }

    private static String id(String resource) {
        return ResourceName.parse(resource).orElseThrow().id();
    }

    RunRecord get(String run) {
        return store.catalogue().runs().get(run);
    }

    /** Id of the artifact a run made: equal ids are equal bytes. */
    String result(String run) {
        return store.catalogue().artifacts().madeBy(run, "result").orElseThrow();
    }

    void kill(String run) {
        String worker = get(run).worker().orElseThrow();
        ProcessHandle.of(Long.parseLong(worker.substring(worker.lastIndexOf(':') + 1)))
                .orElseThrow()
                .destroyForcibly();
    }

    void pause(String run) {
        control.pause(run);
    }

    void cancel(String run) {
        control.cancel(run);
    }

    void resume(String run) {
        control.resume(run);
    }

    void awaitResumePoint(String run) {
        await(() -> store.catalogue().resumePoints().latest(run).isPresent(), run, "has no resume point");
    }

    RunRecord await(String run, State state) {
        await(
                () -> get(run).state() == state || RunTransitions.hasEnded(get(run).state()),
                run,
                "did not become " + state);
        if (get(run).state() != state) {
            throw new AssertionError("runs/" + run + " should be " + state + ":\n" + describe(run));
        }
        return get(run);
    }

    List<String> log(String run) {
        return store.catalogue().log().read(run, 0, 1000).stream().map(LogLine::message).toList();
    }

    private String describe(String run) {
        return get(run) + "\n" + String.join("\n", log(run));
    }

    private void await(BooleanSupplier condition, String run, String otherwise) {
        long end = System.nanoTime() + Duration.ofSeconds(LONGEST_WAIT_SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("runs/" + run + " " + otherwise + ":\n" + describe(run));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws Exception {
        executor.close();
        store.close();
        s3.stop();
        sql.stop();
    }
}
