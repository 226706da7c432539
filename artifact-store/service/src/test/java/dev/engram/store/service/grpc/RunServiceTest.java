package dev.engram.store.service.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.sun.management.HotSpotDiagnosticMXBean;
import dev.engram.runs.grpc.StatusMapping;
import dev.engram.store.Store;
import dev.engram.store.catalogue.MetricPoint;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.ArtifactServiceGrpc;
import dev.engram.v1.CancelRunRequest;
import dev.engram.v1.CreateDownloadUrlRequest;
import dev.engram.v1.DeleteRunRequest;
import dev.engram.v1.GetArtifactRequest;
import dev.engram.v1.GetRunRequest;
import dev.engram.v1.ListArtifactsRequest;
import dev.engram.v1.ListLogEntriesRequest;
import dev.engram.v1.ListMetricSeriesRequest;
import dev.engram.v1.ListExecutorsRequest;
import dev.engram.v1.ListRunsRequest;
import dev.engram.v1.LogEntry;
import dev.engram.v1.PauseRunRequest;
import dev.engram.v1.ReadArtifactFileRequest;
import dev.engram.v1.ResumeRunRequest;
import dev.engram.v1.Run;
import dev.engram.v1.RunServiceGrpc;
import dev.engram.v1.RunSpec;
import dev.engram.v1.WatchRunRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** RunService and ArtifactService as a client meets them, on the embedded store. */
@QuarkusTest
@TestProfile(TemporaryHome.class)
class RunServiceTest {

    @TestHTTPResource
    URI address;

    @Inject
    Store store;

    private ManagedChannel channel;
    private RunServiceGrpc.RunServiceBlockingStub runs;
    private ArtifactServiceGrpc.ArtifactServiceBlockingStub artifacts;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort()).usePlaintext().build();
        runs = RunServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.MINUTES);
        artifacts = ArtifactServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.MINUTES);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void aRunIsToldWhole() {
        var base = newRun();
        var id = newRun(base);
        var result = store.artifacts().write("layer-mem", Map.of("layers.csv", new byte[] {1}), Map.of());
        store.catalogue().artifacts().link(id, "result", result.id());

        var run = runs.getRun(GetRunRequest.newBuilder().setName("runs/" + id).build());
        assertEquals(Run.State.QUEUED, run.getState());
        assertEquals("pairs/p", run.getSpec().getProbe().getPair());
        assertEquals(List.of("runs/" + base), run.getDependenciesList());
        assertEquals("artifacts/" + result.id(), run.getArtifacts(0).getArtifact());
        assertTrue(runs.listRuns(ListRunsRequest.newBuilder().setFilter("state = QUEUED AND dependency = \"runs/" + base + "\"").build())
                .getRunsList().stream().map(Run::getName).toList().equals(List.of("runs/" + id)));
    }

    @Test
    void whatARunComputesOnAndWhoExecutesRunsIsTold() {
        var id = newRun();
        store.catalogue().runs().claim(id, 1, "host:1", "cuda:0 (A)").orElseThrow();
        assertEquals("cuda:0 (A)", runs.getRun(GetRunRequest.newBuilder().setName("runs/" + id).build()).getDevice());
        store.catalogue().executors().seen("host:9", List.of("probe"), List.of("cuda:0 (A)"), 1, 1);
        var executor = runs.listExecutors(ListExecutorsRequest.getDefaultInstance()).getExecutorsList().stream()
                .filter(one -> one.getName().equals("host:9")).findFirst().orElseThrow();
        assertEquals(List.of("cuda:0 (A)"), executor.getDevicesList());
        assertEquals(List.of("probe"), executor.getKindsList());
        assertEquals(List.of(1, 1), List.of(executor.getSlots(), executor.getBusySlots()));
        assertTrue(executor.getSeenTime().getSeconds() > 0);
    }

    /** Which was here for a while; its runs must not keep the others from being listed. */
    @Test
    void runsOfANewerVersionAreListed() {
        String id = "newer-" + UUID.randomUUID();
        store.catalogue().runs().create(new NewRun(id, Optional.empty(), "new_kind", "{\"newKind\":{\"pair\":\"pairs/p\"}}", List.of()));
        var claimed = store.catalogue().runs().claim(id, 1, "host:1", "cpu", "99.0").orElseThrow();
        store.catalogue().runs().heartbeat(claimed.claim(), Optional.of("{\"stage\":\"training\",\"newFigure\":1}"));
        var run = runs.listRuns(ListRunsRequest.newBuilder().setFilter("kind = new_kind").build()).getRuns(0);
        assertEquals("99.0", run.getEngramVersion());
        assertEquals("training", run.getProgress().getStage());
        assertEquals(RunSpec.TaskCase.TASK_NOT_SET, run.getSpec().getTaskCase());
    }

    @Test
    void whatIsWrongIsSaidAtOnceWithItsField() {
        assertCode(Status.Code.NOT_FOUND, () -> runs.getRun(GetRunRequest.newBuilder().setName("runs/nobody").build()));
        assertCode(Status.Code.NOT_FOUND, () -> runs.watchRun(WatchRunRequest.newBuilder().setName("runs/nobody").build()).next());
        assertEquals(List.of("name"), fields(() -> runs.getRun(GetRunRequest.newBuilder().setName("nobody").build())));
        assertEquals(List.of("page_size", "filter", "filter"),
                fields(() -> runs.listRuns(ListRunsRequest.newBuilder().setPageSize(-1).setFilter("colour = red AND state").build())));
        assertEquals(List.of("page_token"), fields(() -> runs.listRuns(ListRunsRequest.newBuilder().setPageToken("%%").build())));
    }

    /** Trailers have a limit, and so have messages, which differs by server; what is wrong is said nevertheless. */
    @Test
    void howeverLongARequestIsTheAnswerSaysWhatIsWrong() {
        assertEquals(List.of("name"), fields(() -> runs.getRun(GetRunRequest.newBuilder().setName("runs/" + "ü".repeat(50_000)).build())));
        assertEquals(List.of("filter"), fields(() -> runs.listRuns(ListRunsRequest.newBuilder().setFilter("x".repeat(1_000_000)).build())));
        assertEquals(List.of("filter"), fields(() -> runs.listRuns(ListRunsRequest.newBuilder().setFilter("kind = \"a\0b\"").build())));
        String farAway = Base64.getUrlEncoder().encodeToString("+999999999-01-01T00:00:00Z/x".getBytes());
        assertEquals(List.of("page_token"), fields(() -> runs.listRuns(ListRunsRequest.newBuilder().setPageToken(farAway).build())));
    }

    @Test
    void aPageThatIsTooLargeForOneAnswerIsCutAndGoesOn() {
        String kind = "k" + UUID.randomUUID();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            String id = kind + "-" + i;
            store.catalogue().runs().create(new NewRun(id, Optional.empty(), kind, "{\"probe\":{\"pair\":\"" + "p".repeat(900_000) + "\"}}", List.of()));
            made.add("runs/" + id);
        }
        Set<String> listed = new HashSet<>();
        var page = ListRunsRequest.newBuilder().setFilter("kind = " + kind).setPageSize(1000);
        do {
            var answer = runs.listRuns(page.build());
            answer.getRunsList().forEach(run -> assertTrue(listed.add(run.getName()), "twice: " + run.getName()));
            page.setPageToken(answer.getNextPageToken());
        } while (!page.getPageToken().isEmpty());
        assertEquals(made, listed);

        var id = newRun();
        for (int i = 0; i < 220; i++) {
            store.catalogue().log().append(id, LogEntry.Severity.INFO, "x".repeat(9990) + i);
        }
        var first = runs.listLogEntries(ListLogEntriesRequest.newBuilder().setRun("runs/" + id).setPageSize(1000).build());
        var rest = runs.listLogEntries(ListLogEntriesRequest.newBuilder().setRun("runs/" + id).setPageToken(first.getNextPageToken()).build());
        assertTrue(first.getSerializedSize() < 2_200_000 && rest.getEntriesCount() > 0, first.getEntriesCount() + " and " + rest.getEntriesCount());
        assertEquals(220, first.getEntriesCount() + rest.getEntriesCount());
    }

    @Test
    void aWatchShowsEveryStateUntilTheEndAndGoesOnFromAVersion() {
        var id = newRun();
        var seen = new ArrayList<Run>();
        var stream = runs.watchRun(WatchRunRequest.newBuilder().setName("runs/" + id).build());
        seen.add(stream.next());
        var claim = store.catalogue().runs().claimNext(Set.of(id), "host:1").orElseThrow().claim();
        seen.add(stream.next());
        store.catalogue().runs().release(claim, StateChange.to(Run.State.SUCCEEDED));
        stream.forEachRemaining(seen::add);
        assertEquals(List.of(Run.State.QUEUED, Run.State.RUNNING, Run.State.SUCCEEDED), seen.stream().map(Run::getState).toList());
        assertEquals("host:1", seen.get(1).getWorker());

        long last = seen.getLast().getVersion();
        assertFalse(runs.watchRun(WatchRunRequest.newBuilder().setName("runs/" + id).setSinceVersion(last).build()).hasNext());
        assertEquals(last, runs.watchRun(WatchRunRequest.newBuilder().setName("runs/" + id).setSinceVersion(last - 1).build()).next().getVersion());
    }

    /** By a deadline, a cancel or with its connection: nobody looks at the run for it any more. */
    @Test
    void aWatchEndsWhenItsClientLeaves() throws Exception {
        var id = newRun();
        var request = WatchRunRequest.newBuilder().setName("runs/" + id).build();
        var other = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort()).usePlaintext().build();
        RunServiceGrpc.newBlockingStub(other).watchRun(request).next();
        var cancelled = Context.current().withCancellation();
        cancelled.call(() -> runs.watchRun(request)).next();
        assertEquals(2, watchers(id));
        cancelled.cancel(null);
        other.shutdownNow();
        assertCode(Status.Code.DEADLINE_EXCEEDED, () -> runs.withDeadlineAfter(2, TimeUnit.SECONDS).watchRun(request).forEachRemaining(_ -> {}));
        for (int round = 0; round < 100 && watchers(id) > 0; round++) {
            Thread.sleep(100);
        }
        assertEquals(0, watchers(id));
    }

    /** Threads that follow the run. */
    private long watchers(String id) throws IOException {
        Path dump = Files.createTempDirectory("threads").resolve("all.txt");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
        try (var lines = Files.lines(dump)) {
            return lines.filter(line -> line.contains("\"watch-" + id + "\"")).count();
        }
    }

    @Test
    void aRunIsCancelledAndDeletedInTwoSteps() {
        var id = newRun();
        var name = "runs/" + id;
        assertEquals(Run.State.PAUSED, runs.pauseRun(PauseRunRequest.newBuilder().setName(name).build()).getState());
        assertEquals(Run.State.QUEUED, runs.resumeRun(ResumeRunRequest.newBuilder().setName(name).build()).getState());
        assertCode(Status.Code.FAILED_PRECONDITION, () -> runs.deleteRun(DeleteRunRequest.newBuilder().setName(name).build()));
        assertEquals(Run.State.CANCELLED, runs.cancelRun(CancelRunRequest.newBuilder().setName(name).build()).getState());
        assertCode(Status.Code.FAILED_PRECONDITION, () -> runs.pauseRun(PauseRunRequest.newBuilder().setName(name).build()));

        var content = UUID.randomUUID().toString().getBytes();
        var artifact = store.artifacts().write("result", Map.of("a.txt", content), Map.of());
        store.catalogue().artifacts().link(id, "result", artifact.id());
        var plan = runs.deleteRun(DeleteRunRequest.newBuilder().setName(name).setValidateOnly(true).build());
        assertEquals(content.length, plan.getFreedBytes());
        assertTrue(store.artifacts().exists(artifact.id()));
        assertEquals(plan, runs.deleteRun(DeleteRunRequest.newBuilder().setName(name).build()));
        assertFalse(store.artifacts().exists(artifact.id()));
        assertCode(Status.Code.NOT_FOUND, () -> runs.getRun(GetRunRequest.newBuilder().setName(name).build()));
    }

    @Test
    void logAndSeriesAreRead() {
        var id = newRun();
        store.catalogue().log().append(id, LogEntry.Severity.INFO, "first");
        store.catalogue().log().append(id, LogEntry.Severity.ERROR, "second");
        store.catalogue().metrics().append(id, List.of(new MetricPoint("loss", 1, 0.5), new MetricPoint("loss", 2, 0.25)));

        var page = runs.listLogEntries(ListLogEntriesRequest.newBuilder().setRun("runs/" + id).setPageSize(1).build());
        assertEquals("first", page.getEntries(0).getMessage());
        var next = runs.listLogEntries(ListLogEntriesRequest.newBuilder().setRun("runs/" + id).setPageToken(page.getNextPageToken()).build());
        assertEquals("second", next.getEntries(0).getMessage());
        assertFalse(next.getNextPageToken().isEmpty());
        var series = runs.listMetricSeries(ListMetricSeriesRequest.newBuilder().setRun("runs/" + id).build()).getSeries(0);
        assertEquals(List.of(1L, 2L), series.getStepsList());
        assertEquals(List.of(0.5, 0.25), series.getValuesList());
    }

    @Test
    void aResultTravelsInSmallChunksAndByUrl() throws Exception {
        var content = new byte[200_000];
        new Random(1).nextBytes(content);
        var id = newRun();
        var artifact = store.artifacts().write("layer-mem", Map.of("points.csv", content), Map.of("points.csv", "text/csv"));
        store.catalogue().artifacts().link(id, "result", artifact.id());
        var name = "artifacts/" + artifact.id();

        var whole = new ByteArrayOutputStream();
        artifacts.readArtifactFile(ReadArtifactFileRequest.newBuilder().setName(name).setFile("points.csv").build()).forEachRemaining(chunk -> {
            assertTrue(chunk.getData().size() <= 64 << 10);
            whole.writeBytes(chunk.getData().toByteArray());
        });
        assertArrayEquals(content, whole.toByteArray());

        var url = artifacts.createDownloadUrl(CreateDownloadUrlRequest.newBuilder().setName(name).setFile("points.csv").build()).getUrl();
        try (var http = HttpClient.newHttpClient()) {
            assertArrayEquals(content, http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray()).body());
        }
        var told = artifacts.getArtifact(GetArtifactRequest.newBuilder().setName(name).build());
        assertEquals(List.of("runs/" + id), told.getProducersList());
        assertEquals("text/csv", told.getFiles(0).getMediaType());
        assertTrue(artifacts.listArtifacts(ListArtifactsRequest.newBuilder().setFilter("kind = layer-mem").build()).getArtifactsList().contains(told));
        assertEquals(List.of("ttl"), fields(() -> artifacts.createDownloadUrl(
                CreateDownloadUrlRequest.newBuilder().setName(name).setFile("points.csv").setTtl(Durations.fromDays(8)).build())));
    }

    @Test
    void whatCannotBeReadIsSaidWithItsCode() {
        var checkpoint = store.artifacts().write("checkpoint", Map.of("weights.safetensors", new byte[10]), Map.of());
        assertCode(Status.Code.FAILED_PRECONDITION, () -> read(checkpoint.id(), "weights.safetensors"));
        assertCode(Status.Code.NOT_FOUND, () -> read(checkpoint.id(), "nothing"));
        assertCode(Status.Code.NOT_FOUND, () -> read("0".repeat(64), "nothing"));

        var damaged = store.artifacts().write("result", Map.of("a.csv", UUID.randomUUID().toString().getBytes()), Map.of());
        var blob = damaged.manifest().file("a.csv").blob();
        store.objects().put(blob.key(), new byte[(int) blob.size()], "text/csv");
        var failure = assertThrows(StatusRuntimeException.class, () -> read(damaged.id(), "a.csv"));
        assertEquals(Status.Code.DATA_LOSS, failure.getStatus().getCode());
        assertTrue(failure.getStatus().getDescription().contains(blob.key()), failure.getMessage());
    }

    /** A queued run of a kind of its own, so that no other test claims it. */
    private String newRun(String... dependencies) {
        var id = "r" + UUID.randomUUID().toString().substring(0, 8);
        store.catalogue().runs().create(new NewRun(id, Optional.empty(), id, "{\"probe\":{\"pair\":\"pairs/p\"}}", List.of(dependencies)));
        return id;
    }

    private void read(String artifact, String file) {
        artifacts.readArtifactFile(ReadArtifactFileRequest.newBuilder().setName("artifacts/" + artifact).setFile(file).build()).next();
    }

    private static void assertCode(Status.Code code, Executable call) {
        assertEquals(code, assertThrows(StatusRuntimeException.class, call).getStatus().getCode());
    }

    private static List<String> fields(Executable call) {
        var failure = assertThrows(StatusRuntimeException.class, call);
        assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
        return StatusMapping.violations(failure).getFieldViolationsList().stream().map(BadRequest.FieldViolation::getField).toList();
    }
}
