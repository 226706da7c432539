package dev.engram.attack.laptop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.attack.run.AttackedPair;
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
import dev.engram.store.DatabaseSettings;
import dev.engram.store.S3Settings;
import dev.engram.store.Store;
import dev.engram.store.StoreEndpoints;
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
import dev.engram.v1.TrainingRecipe;
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

/** S3 on a folder, SQL over TCP, an executor with real workers, and a pair that is ready to be attacked. */
final class AttackLaptop implements AutoCloseable {
    static final String PAIR = "pairs/p";
    /** A pair whose split has no public set; it will never be trained. */
    static final String PAIR_WITHOUT_PUBLIC_SET = "pairs/q";

    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret";
    private static final int LONGEST_WAIT_SECONDS = 300;

    private final Path home;
    private final Server sql;
    private final S3Proxy s3;
    private final Store store;
    private final RunExecutor executor;

    AttackLaptop(Path home) throws Exception {
        this.home = home;
        sql = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        s3 = startS3(Files.createDirectories(home.resolve("s3")));
        StoreEndpoints endpoints = new StoreEndpoints(
                new S3Settings(
                        URI.create("http://127.0.0.1:" + s3.getPort()),
                        KEY,
                        SECRET,
                        S3Settings.DEFAULT_BUCKET,
                        S3Settings.DEFAULT_REGION),
                new DatabaseSettings("jdbc:h2:tcp://127.0.0.1:" + sql.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", ""));
        try (S3ObjectStore objects = new S3ObjectStore(endpoints.s3())) {
            objects.makeBucket();
        }
        store = Store.open(endpoints, home);
        store.catalogue().migrate();
        makePair();
        executor = new RunExecutor(
                store.catalogue(),
                new LocalLauncher(workers(endpoints)),
                Set.of(RunTasks.kindName(RunSpec.TaskCase.DEJA_VU)),
                new ExecutorSettings(
                        1,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        new RetryRule(0, Duration.ofSeconds(1), Duration.ofSeconds(1))));
        executor.start();
    }

    Store store() {
        return store;
    }

    RunSubmission submission() {
        return new RunSubmission(store.catalogue(), RunTasks.load());
    }

    Resources resources() {
        return new Resources(store.catalogue());
    }

    void resume(String id) {
        new RunControl(store.catalogue().runs()).resume(id);
    }

    /** Ends a run's worker by SIGKILL as soon as there is a resume point. */
    void killAfterAResumePoint(String id) {
        assertTrue(
                within(() -> store.catalogue().resumePoints().latest(id).isPresent()), "no resume point of runs/" + id);
        String worker = store.catalogue().runs().get(id).worker().orElseThrow();
        ProcessHandle.of(Long.parseLong(worker.substring(worker.lastIndexOf(':') + 1)))
                .orElseThrow()
                .destroyForcibly();
    }

    RunRecord await(String id, State state) {
        boolean reached = within(() -> {
            State now = store.catalogue().runs().get(id).state();
            return now == state || RunTransitions.hasEnded(now);
        });
        RunRecord run = store.catalogue().runs().get(id);
        assertTrue(reached && run.state() == state, () -> run + "\n" + String.join("\n", log(id)));
        return run;
    }

    List<String> log(String id) {
        return store.catalogue().log().read(id, 0, 1000).stream().map(LogLine::message).toList();
    }

    /** Id of the artifact a run made: the same bytes have the same id. */
    String result(String id) {
        return store.catalogue().artifacts().madeBy(id, "result").orElseThrow();
    }

    @Override
    public void close() throws Exception {
        executor.close();
        store.close();
        s3.stop();
        sql.stop();
    }

    private void makePair() throws IOException {
        Path files = home.resolve("made");
        AttackedPair.write(files);
        RunSpec dataset = RunSpec.newBuilder()
                .setRegisterDataset(RegisterDatasetSpec.newBuilder().setDisplayName("composed"))
                .build();
        create("d", dataset, List.of());
        create("s", split(100), List.of("d"));
        create("t", split(0), List.of("d"));
        for (String pair : List.of("p", "q")) {
            String split = pair.equals("p") ? "s" : "t";
            store.catalogue().pairs().create(pair, Optional.empty(), split, "{}", List.of(
                    encoder(pair + "-f", split, TrainEncoderSpec.Side.CANDIDATE),
                    encoder(pair + "-g", split, TrainEncoderSpec.Side.REFERENCE)));
        }
        succeed("d", "dataset", AttackedPair.files(files, "datasets/d"));
        succeed("s", "split", AttackedPair.files(files, "splits/s"));
        succeed("p-f", "checkpoint", AttackedPair.files(files, "encoders/p-f"));
        succeed("p-g", "checkpoint", AttackedPair.files(files, "encoders/p-g"));
    }

    private static RunSpec split(int publicSet) {
        return RunSpec.newBuilder()
                .setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d").setPublicSet(publicSet))
                .build();
    }

    private static NewRun encoder(String id, String split, TrainEncoderSpec.Side side) {
        RunSpec spec = RunSpec.newBuilder()
                .setTrainEncoder(TrainEncoderSpec.newBuilder()
                        .setSplit("splits/" + split)
                        .setSide(side)
                        .setRecipe(TrainingRecipe.getDefaultInstance()))
                .build();
        return run(id, spec, List.of(split));
    }

    private void create(String id, RunSpec spec, List<String> dependencies) {
        store.catalogue().runs().create(run(id, spec, dependencies));
    }

    private static NewRun run(String id, RunSpec spec, List<String> dependencies) {
        return new NewRun(id, Optional.empty(), RunTasks.kindName(spec.getTaskCase()), RunSpecs.toJson(spec), dependencies);
    }

    /** As if a worker had made these files. */
    private void succeed(String id, String role, Path folder) throws IOException {
        RunRecord claimed = store.catalogue().runs().claim(id, 1, "test:1").orElseThrow();
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        String artifact = store.artifacts().write(role, files, Map.of()).id();
        store.catalogue().artifacts().link(id, role, artifact);
        store.catalogue().runs().release(claimed.claim(), StateChange.to(State.SUCCEEDED)).orElseThrow();
    }

    private LocalWorkerSettings workers(StoreEndpoints endpoints) {
        Map<String, String> environment = new HashMap<>(endpoints.toEnvironment());
        environment.put("ENGRAM_HEARTBEAT", "PT2S");
        environment.put("ENGRAM_PATIENCE", "PT8S");
        return new LocalWorkerSettings(
                LocalWorkerSettings.currentJava(),
                WorkerClassPath.derive(System.getProperties()),
                WorkerMain.class.getName(),
                "256m",
                1,
                home,
                environment,
                List.of());
    }

    private static S3Proxy startS3(Path folder) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                .build();
        server.start();
        return server;
    }

    private static boolean within(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(LONGEST_WAIT_SECONDS).toNanos();
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
}
