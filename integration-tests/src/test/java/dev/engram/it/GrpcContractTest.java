package dev.engram.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.engram.local.demo.Services;
import dev.engram.v1.AttackSweepPlan;
import dev.engram.v1.BundledSource;
import dev.engram.v1.CancelRunRequest;
import dev.engram.v1.CreateAttackSweepRequest;
import dev.engram.v1.CreateAttackSweepResponse;
import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateReplicatesRequest;
import dev.engram.v1.CreateReplicatesResponse;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.ReplicatesPlan;
import dev.engram.v1.Run;
import dev.engram.v1.SweepAxis;
import dev.engram.v1.TrainingRecipe;
import dev.engram.v1.WatchRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another service may rely on, seen from outside the process. */
class GrpcContractTest implements HttpContract {
    @TempDir
    static Path directory;

    private static EngramProcess engram;
    private static Services services;

    @BeforeAll
    static void up() throws Exception {
        int port = EngramProcess.freePort();
        engram = EngramProcess.local(directory, port, "up", "--home", directory.resolve("home").toString(), "--port", Integer.toString(port))
                .awaitServing();
        services = Services.at("127.0.0.1", port);
    }

    @AfterAll
    static void down() throws Exception {
        if (services != null) {
            services.close();
        }
        if (engram != null) {
            engram.close();
        }
    }

    @Override
    public int port() {
        return engram.port();
    }

    @Test
    void reflectionListsEveryService() throws Exception {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", engram.port()).usePlaintext().build();
        try {
            CompletableFuture<Set<String>> names = new CompletableFuture<>();
            StreamObserver<ServerReflectionRequest> request = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
                @Override
                public void onNext(ServerReflectionResponse response) {
                    Set<String> found = new HashSet<>();
                    response.getListServicesResponse().getServiceList().forEach(service -> found.add(service.getName()));
                    names.complete(found);
                }

                @Override
                public void onError(Throwable failure) {
                    names.completeExceptionally(failure);
                }

                @Override
                public void onCompleted() {}
            });
            request.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
            Set<String> found = names.get(3, TimeUnit.MINUTES);
            request.onCompleted();
            for (String service : List.of("RunService", "ArtifactService", "DatasetService", "TrainerService", "MetricsService", "AttackService")) {
                assertTrue(found.contains("engram.v1." + service), () -> service + " is not among " + found);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void everyInvalidFieldIsReportedAtOnce() throws Exception {
        Set<String> fields = violations(() -> services.trainer().createPair(CreatePairRequest.newBuilder()
                .setPairId("Not An Id")
                .setSplit("nonsense")
                .setRecipe(TrainingRecipe.newBuilder().setNetwork("alexnet").setEpochs(-1).setTemperature(0).setLearningRate(-1).setOptimizer("magic"))
                .build()));
        for (String field : List.of("pair_id", "split", "recipe.network", "recipe.epochs", "recipe.temperature", "recipe.learning_rate", "recipe.optimizer")) {
            assertTrue(fields.stream().anyMatch(found -> found.endsWith(field)), () -> field + " is not among " + fields);
        }
    }

    @Test
    void overlappingOrImpossibleSplitsAreRefused() throws Exception {
        Set<String> fields = violations(() -> services.datasets().createSplit(CreateSplitRequest.newBuilder()
                .setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/none").setCandidate(1).setIndependent(3).setExternal(-1))
                .build()));
        assertTrue(fields.size() >= 3, fields::toString);
    }

    @Test
    void whatDoesNotExistIsNamed() {
        StatusRuntimeException layerMem = assertThrows(StatusRuntimeException.class, () -> services.metrics()
                .createLayerMem(CreateLayerMemRequest.newBuilder().setSpec(LayerMemSpec.newBuilder().setPair("pairs/nobody")).build()));
        assertTrue(layerMem.getMessage().contains("pairs/nobody"), layerMem.getMessage());
        StatusRuntimeException dejaVu = assertThrows(StatusRuntimeException.class, () -> services.attack()
                .createDejaVu(CreateDejaVuRequest.newBuilder().setSpec(DejaVuSpec.newBuilder().setPair("pairs/nobody")).build()));
        assertTrue(dejaVu.getMessage().contains("pairs/nobody"), dejaVu.getMessage());
        StatusRuntimeException run = assertThrows(StatusRuntimeException.class,
                () -> services.runs().getRun(GetRunRequest.newBuilder().setName("runs/nobody").build()));
        assertEquals(Status.Code.NOT_FOUND, run.getStatus().getCode());
    }

    @Test
    void aHundredIdenticalRequestsAreOneRun() throws Exception {
        CreateDatasetRequest request = CreateDatasetRequest.newBuilder()
                .setSpec(RegisterDatasetSpec.newBuilder()
                        .setDisplayName("one of a hundred")
                        .setBundled(BundledSource.newBuilder().setId("fashion-mnist-test")))
                .setRequestId("the-same-request")
                .build();
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> call = () -> services.datasets().createDataset(request).getRun();
            for (int i = 0; i < 100; i++) {
                answers.add(callers.submit(call));
            }
        }
        Set<String> runs = new HashSet<>();
        for (Future<String> answer : answers) {
            runs.add(answer.get());
        }
        assertEquals(1, runs.size(), runs::toString);
        long named = services.runs().listRuns(ListRunsRequest.newBuilder().setPageSize(1000).build()).getRunsList().stream()
                .filter(run -> run.getSpec().getRegisterDataset().getDisplayName().equals("one of a hundred"))
                .count();
        assertEquals(1, named);
    }

    @Test
    void aWatchThatBrokeGoesOnWhereItWas() {
        String name = services.datasets()
                .createDataset(CreateDatasetRequest.newBuilder()
                        .setDatasetId("watched")
                        .setSpec(RegisterDatasetSpec.newBuilder()
                                .setDisplayName("watched")
                                .setBundled(BundledSource.newBuilder().setId("fashion-mnist-test")))
                        .build())
                .getRun();
        Iterator<Run> first = services.runs().watchRun(WatchRunRequest.newBuilder().setName(name).build());
        Run seen = first.next();
        Run last = seen;
        Iterator<Run> second = services.runs()
                .withDeadlineAfter(10, TimeUnit.MINUTES)
                .watchRun(WatchRunRequest.newBuilder().setName(name).setSinceVersion(seen.getVersion()).build());
        while (second.hasNext()) {
            Run next = second.next();
            assertTrue(next.getVersion() > last.getVersion(), "versions only grow");
            last = next;
        }
        assertEquals(Run.State.SUCCEEDED, last.getState(), last::toString);
    }

    /** One request makes pairs, measures and attacks by way of three services; sent again it makes nothing. */
    @Test
    void replicatesAreOneRequest() throws Exception {
        services.datasets().createDataset(CreateDatasetRequest.newBuilder()
                .setDatasetId("repeated")
                .setSpec(RegisterDatasetSpec.newBuilder().setDisplayName("repeated").setBundled(BundledSource.newBuilder().setId("fashion-mnist-test")))
                .build());
        services.datasets().createSplit(CreateSplitRequest.newBuilder()
                .setSplitId("repeated-split")
                .setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/repeated").setShared(100).setCandidate(50).setIndependent(50).setExternal(50).setPublicSet(200))
                .build());
        ReplicatesPlan plan = ReplicatesPlan.newBuilder()
                .setSplit("splits/repeated-split")
                .setRecipe(TrainingRecipe.newBuilder().setEpochs(1).setBatchSize(32))
                .addSeeds(1)
                .addSeeds(2)
                .setLayerMem(LayerMemSpec.newBuilder().setViews(2))
                .setProbe(ProbeSpec.newBuilder().setK(5))
                .setDejaVu(DejaVuSpec.getDefaultInstance())
                .build();
        CreateReplicatesRequest request = CreateReplicatesRequest.newBuilder().setRunId("again").setPlan(plan).build();
        ReplicatesPlan wrong = plan.toBuilder().setProbe(ProbeSpec.newBuilder().setK(-1)).setDejaVu(DejaVuSpec.newBuilder().addCuts(" ")).build();
        assertEquals(
                Set.of("plan.probe.k", "plan.deja_vu.cuts[0]"),
                violations(() -> services.metrics().createReplicates(request.toBuilder().setPlan(wrong).build())));
        long before = runs("runs/again");
        CreateReplicatesResponse made = services.metrics().createReplicates(request);
        try {
            assertEquals(List.of("pairs/again-s1", "pairs/again-s2"), made.getPairsList());
            assertEquals(6, made.getMeasuresCount());
            assertEquals(before + 11, runs("runs/again"), "four trainings, six measures, and the run that brings them together");
            assertEquals(made, services.metrics().createReplicates(request));
            assertEquals(before + 11, runs("runs/again"));
            Run run = services.runs().getRun(GetRunRequest.newBuilder().setName("runs/again").build());
            assertEquals(Set.copyOf(made.getMeasuresList()), Set.copyOf(run.getDependenciesList()));
        } finally {
            List<String> all = new ArrayList<>(List.of(made.getRun()));
            all.addAll(made.getMeasuresList());
            made.getPairsList().forEach(pair -> List.of("-f", "-g").forEach(side -> all.add(pair.replace("pairs/", "runs/") + side)));
            all.forEach(name -> services.runs().cancelRun(CancelRunRequest.newBuilder().setName(name).build()));
        }
    }

    /** One request makes splits of two sizes, pairs and attacks by way of the trainer; wrong values of single points are told before anything is made. */
    @Test
    void aSweepIsOneRequest() throws Exception {
        services.datasets().createDataset(CreateDatasetRequest.newBuilder()
                .setDatasetId("swept")
                .setSpec(RegisterDatasetSpec.newBuilder().setDisplayName("swept").setBundled(BundledSource.newBuilder().setId("fashion-mnist-test")))
                .build());
        services.datasets().createSplit(CreateSplitRequest.newBuilder()
                .setSplitId("swept-split")
                .setSpec(CreateSplitSpec.newBuilder().setDataset("datasets/swept").setShared(100).setCandidate(50).setIndependent(50).setExternal(50).setPublicSet(200))
                .build());
        AttackSweepPlan plan = AttackSweepPlan.newBuilder()
                .setSplit("splits/swept-split")
                .setRecipe(TrainingRecipe.newBuilder().setEpochs(1).setBatchSize(32))
                .addAxes(SweepAxis.newBuilder().setField("training_images").addValues("60").addValues("150"))
                .addAxes(SweepAxis.newBuilder().setField("objective_options.temperature").addValues("0.1").addValues("0.5"))
                .build();
        CreateAttackSweepRequest request = CreateAttackSweepRequest.newBuilder().setRunId("swept-once").setPlan(plan).build();
        AttackSweepPlan wrong = plan.toBuilder()
                .setSplit("splits/nowhere")
                .setAxes(1, plan.getAxes(1).toBuilder().addValues("-1"))
                .setDejaVu(DejaVuSpec.newBuilder().addCuts(" "))
                .build();
        assertEquals(
                Set.of("plan.split", "plan.axes[1].values[2]", "plan.deja_vu.cuts[0]"),
                violations(() -> services.attack().createAttackSweep(request.toBuilder().setPlan(wrong).build())));
        assertEquals(0, runs("runs/swept-once"));
        CreateAttackSweepResponse made = services.attack().createAttackSweep(request);
        List<String> all = new ArrayList<>(List.of(made.getRun()));
        try {
            assertEquals(List.of("splits/swept-once-n60", "splits/swept-once-n150"), made.getSplitsList());
            assertEquals(2 + 8 + 4 + 1, runs("runs/swept-once"), "two splits, eight trainings, four attacks, and the run that brings them together");
            assertEquals(made, services.attack().createAttackSweep(request));
            Run run = services.runs().getRun(GetRunRequest.newBuilder().setName("runs/swept-once").build());
            assertEquals(Set.copyOf(made.getAttacksList()), Set.copyOf(run.getDependenciesList()));
        } finally {
            all.addAll(made.getAttacksList());
            made.getPairsList().forEach(pair -> List.of("-f", "-g").forEach(side -> all.add(pair.replace("pairs/", "runs/") + side)));
            made.getSplitsList().forEach(split -> all.add(split.replace("splits/", "runs/")));
            all.forEach(name -> services.runs().cancelRun(CancelRunRequest.newBuilder().setName(name).build()));
        }
    }

    private static long runs(String prefix) {
        return services.runs().listRuns(ListRunsRequest.newBuilder().setPageSize(1000).build()).getRunsList().stream()
                .filter(run -> run.getName().startsWith(prefix))
                .count();
    }

    private static Set<String> violations(Callable<?> call) throws InvalidProtocolBufferException {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, call::call);
        assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode(), refused.getMessage());
        Set<String> fields = new HashSet<>();
        for (com.google.protobuf.Any detail : StatusProto.fromThrowable(refused).getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                detail.unpack(BadRequest.class).getFieldViolationsList().forEach(violation -> fields.add(violation.getField()));
            }
        }
        return fields;
    }
}
