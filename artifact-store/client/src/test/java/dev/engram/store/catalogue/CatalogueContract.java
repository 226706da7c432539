package dev.engram.store.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.ConflictException;
import dev.engram.store.DatabaseSettings;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.RetryPolicy;
import dev.engram.store.Sha256;
import dev.engram.store.StoreUnavailableException;
import dev.engram.store.artifact.ArtifactFile;
import dev.engram.store.artifact.Manifest;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the catalogue does on every database. One subclass a database. */
abstract class CatalogueContract {

    static final String SPEC = "{\"trainEncoder\":{\"split\":\"splits/s\"}}";
    private static final RunError LOST = RunError.newBuilder().setCategory(RunError.Category.WORKER_LOST).setMessage("silent").setRetryable(true).setStep(7).build();

    private Catalogue catalogue;
    private Instant now;

    /** A database without tables. */
    abstract DatabaseSettings emptyDatabase() throws Exception;

    @BeforeEach
    void open() throws Exception {
        now = Instant.parse("2026-11-01T10:00:00.123456Z");
        catalogue = new Catalogue(emptyDatabase(), RetryPolicy.standard(), () -> now).migrate().migrate();
    }

    @AfterEach
    void close() {
        if (catalogue != null) {
            catalogue.close();
        }
    }

    Catalogue catalogue() {
        return catalogue;
    }

    @Test
    void aRunIsKeptAsItWasMade() {
        catalogue.runs().create(run("base"));
        var made = catalogue.runs().create(new NewRun("next", Optional.of("req"), "probe", SPEC, List.of("base")));

        var expected = new RunRecord("next", Optional.of("req"), "probe", SPEC, Run.State.QUEUED, Optional.empty(), Optional.empty(), 0,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1, now, Optional.empty(), Optional.empty(), now, List.of("base"));
        assertEquals(expected, made);
        assertEquals(expected, catalogue.runs().get("next"));
        assertEquals(1, catalogue.runs().version("next"));
        assertEquals(0, catalogue.runs().version("other"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.runs().get("other"));
    }

    @Test
    void manyCallersOfOneRequestMakeOneRun() throws Exception {
        var ids = new HashSet<String>();
        var calls = IntStream.range(0, 100).<Callable<String>>mapToObj(i -> () -> catalogue.runs().create(new NewRun("r" + i, Optional.of("same"), "probe", SPEC, List.of())).id()).toList();
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (var result : threads.invokeAll(calls)) {
                ids.add(result.get());
            }
        }
        assertEquals(1, ids.size());
        assertEquals(1, catalogue.runs().list(RunFilter.ALL, 10, "").items().size());
    }

    @Test
    void oneRequestIdForTwoRequestsIsAConflict() {
        catalogue.runs().create(new NewRun("a", Optional.of("req"), "probe", SPEC, List.of()));

        assertThrows(ConflictException.class, () -> catalogue.runs().create(new NewRun("b", Optional.of("req"), "probe", "{}", List.of())));
        assertThrows(ConflictException.class, () -> catalogue.runs().create(run("a")));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.runs().create(new NewRun("c", Optional.empty(), "probe", SPEC, List.of("nobody"))));
        assertThrows(IllegalArgumentException.class, () -> run("Not An Id"));
    }

    @Test
    void severalRunsAreMadeTogetherOrNotAtAll() {
        catalogue.runs().create(run("taken"));
        assertThrows(ConflictException.class, () -> catalogue.runs().createAll(List.of(run("fresh"), run("taken"))));
        assertEquals(Optional.empty(), catalogue.runs().find("fresh"));
    }

    @Test
    void aRunIsClaimedWhenItsDependenciesHaveSucceededOldestFirst() {
        catalogue.runs().create(run("first"));
        now = now.plusSeconds(1);
        catalogue.runs().create(new NewRun("needs-first", Optional.empty(), "probe", SPEC, List.of("first")));
        now = now.plusSeconds(1);
        catalogue.runs().create(run("second"));

        var first = claim("w1").orElseThrow();
        assertEquals("first", first.id());
        assertEquals(Run.State.RUNNING, first.state());
        assertEquals(1, first.attempt());
        assertEquals(Optional.of("w1"), first.worker());
        assertEquals(Optional.of(now), first.startedAt());
        assertEquals("second", claim("w2").orElseThrow().id());
        assertEquals(Optional.empty(), claim("w3"));

        catalogue.runs().release(first.claim(), StateChange.to(Run.State.SUCCEEDED)).orElseThrow();
        assertEquals(Optional.empty(), catalogue.runs().claimNext(Set.of("layer_mem"), "w3"));
        assertEquals("needs-first", claim("w3").orElseThrow().id());
    }

    @Test
    void aRunKeepsWhatItsLastAttemptComputedOn() {
        catalogue.runs().create(run("a"));
        assertEquals(Optional.empty(), catalogue.runs().get("a").device());
        RunRecord first = catalogue.runs().claim("a", 1, "w1", "cuda:0 (NVIDIA H200)").orElseThrow();
        assertEquals(Optional.of("cuda:0 (NVIDIA H200)"), first.device());
        catalogue.runs().release(first.claim(), StateChange.to(Run.State.PAUSED)).orElseThrow();
        assertEquals(Optional.of("cuda:0 (NVIDIA H200)"), catalogue.runs().get("a").device(), "also when no worker has it");
        catalogue.runs().transition("a", Set.of(Run.State.PAUSED), StateChange.to(Run.State.QUEUED)).orElseThrow();
        assertEquals(Optional.of("cpu"), catalogue.runs().claim("a", 2, "w2", "cpu").orElseThrow().device());
    }

    @Test
    void aRunAndItsResumePointsKeepTheVersionOfTheirAttempt() {
        catalogue.runs().create(run("a"));
        RunRecord first = catalogue.runs().claim("a", 1, "w1", "cpu", "1.0").orElseThrow();
        assertEquals(Optional.of("1.0"), first.engramVersion());
        Manifest state = manifest("resume-point", "of the first");
        catalogue.artifacts().register(state);
        String artifact = state.id();
        catalogue.resumePoints().add(first.claim(), 5, artifact);
        catalogue.runs().release(first.claim(), StateChange.to(Run.State.PAUSED)).orElseThrow();
        catalogue.runs().transition("a", Set.of(Run.State.PAUSED), StateChange.to(Run.State.QUEUED)).orElseThrow();
        RunRecord second = catalogue.runs().claim("a", 2, "w2", "cpu", "1.1").orElseThrow();
        assertEquals(Optional.of("1.1"), second.engramVersion());
        catalogue.resumePoints().add(second.claim(), 9, artifact);
        assertEquals(List.of(new ResumePoint("a", 9, artifact, Optional.of("1.1")), new ResumePoint("a", 5, artifact, Optional.of("1.0"))),
                catalogue.resumePoints().list("a"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.resumePoints().add(second.claim(), 10, "0".repeat(64)));
    }

    /** Given up as lost, it may wake in the middle of publishing, with bits that another device has rounded otherwise. */
    @Test
    void whatAWorkerMakesAfterItsClaimHasEndedDoesNotCount() {
        var one = manifest("checkpoint", "of the first");
        var other = manifest("checkpoint", "of the second");
        catalogue.artifacts().register(one);
        catalogue.artifacts().register(other);
        catalogue.runs().create(run("a"));
        Claim first = catalogue.runs().claim("a", 1, "w1", "cpu").orElseThrow().claim();
        assertEquals(Optional.empty(), catalogue.artifacts().link(first, "checkpoint", one.id()));
        assertEquals(Optional.empty(), catalogue.artifacts().link(first, "checkpoint", one.id()), "repeating it is no error");
        catalogue.runs().release(first, StateChange.to(Run.State.LOST)).orElseThrow();
        catalogue.runs().transition("a", Set.of(Run.State.LOST), StateChange.to(Run.State.QUEUED)).orElseThrow();
        Claim second = catalogue.runs().claim("a", 2, "w2", "cuda:0").orElseThrow().claim();
        assertEquals(Optional.of(one.id()), catalogue.artifacts().link(second, "checkpoint", other.id()));

        assertThrows(ConflictException.class, () -> catalogue.artifacts().link(first, "checkpoint", one.id()));
        assertThrows(ConflictException.class, () -> catalogue.resumePoints().add(first, 9, one.id()));
        assertEquals(Optional.of(other.id()), catalogue.artifacts().madeBy("a", "checkpoint"));
        assertEquals(List.of(), catalogue.resumePoints().list("a"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.artifacts().link(second, "checkpoint", "0".repeat(64)));
    }

    /** Paused in the queue, it is nobody's until it is resumed. */
    @Test
    void aPausedRunIsNotClaimed() {
        catalogue.runs().create(run("a"));
        catalogue.runs().transition("a", Set.of(Run.State.QUEUED), StateChange.to(Run.State.PAUSED)).orElseThrow();
        assertEquals(Optional.empty(), catalogue.runs().claim("a", 1, "w", "cpu"));
        assertEquals(List.of(), catalogue.runs().ready(Set.of("layer_mem", "probe")));
        catalogue.runs().transition("a", Set.of(Run.State.PAUSED), StateChange.to(Run.State.QUEUED)).orElseThrow();
        assertEquals(1, catalogue.runs().claim("a", 1, "w", "cpu").orElseThrow().attempt());
    }

    @Test
    void anExecutorIsThereAsLongAsItSaysSo() {
        catalogue.executors().seen("b:2", List.of("probe"), List.of("cuda:0 (A)", "cuda:1 (B)"), 2, 1);
        catalogue.executors().seen("a:1", List.of("layer_mem", "unit_mem"), List.of("cpu"), 3, 0);
        ExecutorRecord cards = new ExecutorRecord("b:2", List.of("probe"), List.of("cuda:0 (A)", "cuda:1 (B)"), 2, 1, now);
        assertEquals(List.of(new ExecutorRecord("a:1", List.of("layer_mem", "unit_mem"), List.of("cpu"), 3, 0, now), cards),
                catalogue.executors().within(Duration.ofSeconds(10)));
        now = now.plusSeconds(20);
        catalogue.executors().seen("a:1", List.of("layer_mem", "unit_mem"), List.of(), 3, 2);
        assertEquals(List.of(new ExecutorRecord("a:1", List.of("layer_mem", "unit_mem"), List.of(), 3, 2, now)),
                catalogue.executors().within(Duration.ofSeconds(10)));
        catalogue.executors().left("a:1");
        assertEquals(List.of(cards), catalogue.executors().within(Duration.ofMinutes(1)));
        now = now.plus(Duration.ofDays(2));
        catalogue.executors().seen("c:3", List.of(), List.of("cpu"), 1, 0);
        assertEquals(1, catalogue.executors().within(Duration.ofDays(10)).size(), "what was not seen for a day is forgotten");
    }

    @Test
    void everyRunGoesToExactlyOneClaimant() throws Exception {
        for (int i = 0; i < 40; i++) {
            catalogue.runs().create(run("r" + i));
        }
        var claimed = new ArrayList<String>();
        var claimants = IntStream.range(0, 8).<Callable<List<String>>>mapToObj(i -> () -> {
            var mine = new ArrayList<String>();
            for (var run = claim("w" + i); run.isPresent(); run = claim("w" + i)) {
                mine.add(run.get().id());
            }
            return mine;
        }).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(claimants)) {
                claimed.addAll(result.get());
            }
        }
        assertEquals(40, claimed.size());
        assertEquals(40, Set.copyOf(claimed).size());
    }

    @Test
    void ofTwoTransitionsThatMeetOneWins() throws Exception {
        catalogue.runs().create(run("r"));
        var changes = IntStream.range(0, 16).<Callable<Boolean>>mapToObj(_ -> () ->
                catalogue.runs().transition("r", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).isPresent()).toList();
        int winners = 0;
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var result : threads.invokeAll(changes)) {
                winners += result.get() ? 1 : 0;
            }
        }
        assertEquals(1, winners);
        assertEquals(2, catalogue.runs().version("r"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.runs().transition("nobody", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)));
    }

    @Test
    void aWorkersClaimEndsWithItsRun() {
        catalogue.runs().create(run("r"));
        var old = claim("w1").orElseThrow().claim();
        assertEquals(Heartbeat.CONTINUE, catalogue.runs().heartbeat(old, Optional.of("{\"done\":\"1\"}")));
        assertEquals(Optional.of("{\"done\":\"1\"}"), catalogue.runs().get("r").progress());

        var lost = catalogue.runs().transition("r", Set.of(Run.State.RUNNING), StateChange.to(Run.State.LOST, LOST)).orElseThrow();
        assertEquals(Optional.of(LOST), lost.error());
        assertEquals(Optional.empty(), lost.worker());
        catalogue.runs().transition("r", Set.of(Run.State.LOST), StateChange.to(Run.State.QUEUED)).orElseThrow();
        var taken = claim("w1").orElseThrow();
        assertEquals(2, taken.attempt());
        assertEquals(Optional.empty(), taken.error());

        assertEquals(Heartbeat.STOP, catalogue.runs().heartbeat(old, Optional.of("late")));
        assertEquals(Optional.empty(), catalogue.runs().release(old, StateChange.to(Run.State.SUCCEEDED)));
        assertEquals(Run.State.RUNNING, catalogue.runs().get("r").state());
        assertEquals(Optional.of("{\"done\":\"1\"}"), catalogue.runs().get("r").progress());
    }

    @Test
    void whatIsAskedForReachesTheWorkerAtItsHeartbeat() {
        catalogue.runs().create(run("r"));
        assertEquals(Optional.empty(), catalogue.runs().request("r", Set.of(Run.State.RUNNING), Run.State.PAUSED));
        var claim = claim("w").orElseThrow().claim();

        catalogue.runs().request("r", Set.of(Run.State.RUNNING), Run.State.PAUSED).orElseThrow();
        assertEquals(Heartbeat.PAUSE, catalogue.runs().heartbeat(claim, Optional.empty()));
        catalogue.runs().request("r", Set.of(Run.State.RUNNING), Run.State.CANCELLED).orElseThrow();
        catalogue.runs().request("r", Set.of(Run.State.RUNNING), Run.State.PAUSED).orElseThrow();
        assertEquals(Heartbeat.CANCEL, catalogue.runs().heartbeat(claim, Optional.empty()));

        now = now.plusSeconds(5);
        var ended = catalogue.runs().release(claim, StateChange.to(Run.State.CANCELLED)).orElseThrow();
        assertEquals(Optional.empty(), ended.requested());
        assertEquals(Optional.of(now), ended.endedAt());
    }

    @Test
    void aChangeAndItsLineOfTheLogComeTogether() throws Exception {
        catalogue.runs().create(run("r"));
        var claim = claim("w").orElseThrow().claim();
        assertEquals(Optional.empty(), catalogue.runs().transition("r", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED).telling("cancelled")));
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                writers.submit(() -> catalogue.log().append("r", LogEntry.Severity.INFO, "busy"));
            }
            catalogue.runs().release(claim, StateChange.to(Run.State.LOST, LOST).telling("silent")).orElseThrow();
            assertEquals(1, catalogue.log().read("r", 0, 100).stream().filter(line -> line.message().equals("silent")).count());
        }
        assertEquals(Optional.empty(), catalogue.runs().release(claim, StateChange.to(Run.State.SUCCEEDED).telling("succeeded")));
        catalogue.runs().transition("r", Set.of(Run.State.LOST), StateChange.to(Run.State.QUEUED).telling("again")).orElseThrow();

        var lines = catalogue.log().read("r", 0, 100);
        assertEquals(22, lines.size());
        assertEquals(List.of(LogEntry.Severity.ERROR), lines.stream().filter(line -> line.message().equals("silent")).map(LogLine::severity).toList());
        assertEquals(new LogLine(22, now, LogEntry.Severity.INFO, "again"), lines.getLast());
    }

    @Test
    void silentAndBlockedRunsAreFound() {
        catalogue.runs().create(run("base"));
        catalogue.runs().create(new NewRun("waits", Optional.empty(), "probe", SPEC, List.of("base")));
        var claim = claim("w").orElseThrow().claim();

        now = now.plusSeconds(3);
        assertEquals(List.of(), catalogue.runs().silent(Duration.ofSeconds(3)));
        now = now.plusMillis(1);
        assertEquals(List.of("base"), catalogue.runs().silent(Duration.ofSeconds(3)).stream().map(RunRecord::id).toList());
        assertEquals(List.of(), catalogue.runs().blocked());

        catalogue.runs().release(claim, StateChange.to(Run.State.FAILED, LOST)).orElseThrow();
        assertEquals(List.of(new BlockedRun("waits", "base", Run.State.FAILED)), catalogue.runs().blocked());
    }

    @Test
    void runsAreListedNewestFirstPageByPage() {
        for (int i = 0; i < 7; i++) {
            now = now.plusMillis(i % 2);
            catalogue.runs().create(run("r" + i));
        }
        claim("w");

        var first = catalogue.runs().list(RunFilter.ALL, 3, "");
        catalogue.runs().create(run("made-meanwhile"));
        var second = catalogue.runs().list(RunFilter.ALL, 3, first.nextPageToken().orElseThrow());
        var third = catalogue.runs().list(RunFilter.ALL, 3, second.nextPageToken().orElseThrow());

        assertEquals(List.of("r6", "r5", "r4"), ids(first));
        assertEquals(List.of("r3", "r2", "r1"), ids(second));
        assertEquals(List.of("r0"), ids(third));
        assertEquals(Optional.empty(), third.nextPageToken());
        assertEquals(List.of("r0"), ids(catalogue.runs().list(new RunFilter(Set.of(Run.State.RUNNING), Set.of("probe"), Optional.empty()), 10, "")));
        assertEquals(List.of(), ids(catalogue.runs().list(new RunFilter(Set.of(), Set.of("unit_mem"), Optional.empty()), 10, "")));
        assertEquals(Map.of(Run.State.RUNNING, 1L, Run.State.QUEUED, 7L), catalogue.runs().counts());
        assertThrows(InvalidPageTokenException.class, () -> catalogue.runs().list(RunFilter.ALL, 3, "nonsense"));
        assertThrows(IllegalArgumentException.class, () -> catalogue.runs().list(RunFilter.ALL, 0, ""));
    }

    @Test
    void runsAreListedByTheRunTheyDependOn() {
        catalogue.runs().createAll(List.of(run("base"), new NewRun("user", Optional.empty(), "probe", SPEC, List.of("base")), run("alone")));
        assertEquals(List.of("user"), ids(catalogue.runs().list(new RunFilter(Set.of(), Set.of(), Optional.of("base")), 10, "")));
    }

    @Test
    void theLogKeepsItsOrderWithTwoWriters() throws Exception {
        catalogue.runs().create(run("r"));
        var writers = IntStream.range(0, 4).<Callable<Void>>mapToObj(writer -> () -> {
            for (int i = 0; i < 10; i++) {
                catalogue.log().append("r", LogEntry.Severity.INFO, writer + " says " + i);
            }
            return null;
        }).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var result : threads.invokeAll(writers)) {
                result.get();
            }
        }
        var lines = catalogue.log().read("r", 0, 1000);
        assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), lines.stream().map(LogLine::sequence).toList());
        assertEquals(new LogLine(40, now, LogEntry.Severity.INFO, lines.getLast().message()), catalogue.log().read("r", 39, 10).getFirst());
        assertEquals(5, catalogue.log().read("r", 12, 5).size());
        assertThrows(ObjectNotFoundException.class, () -> catalogue.log().append("nobody", LogEntry.Severity.INFO, "x"));
    }

    @Test
    void seriesAreThinnedToTheirShape() {
        catalogue.runs().create(run("r"));
        var points = new ArrayList<MetricPoint>();
        for (int step = 0; step < 5000; step++) {
            points.add(new MetricPoint("loss", step, step == 1234 ? 99 : step == 4321 ? -5 : 1.0 / (1 + step)));
        }
        points.add(new MetricPoint("short", 1, 0.5));
        points.add(new MetricPoint("short", 2, Double.NaN));
        catalogue.metrics().append("r", points);
        catalogue.metrics().append("r", List.of(new MetricPoint("short", 1, 0.25)));

        var series = catalogue.metrics().series("r", 100);
        var loss = series.get("loss");
        assertTrue(loss.size() <= 100 && loss.size() >= 95, "points " + loss.size());
        assertEquals(new MetricPoint("loss", 0, 1.0), loss.getFirst());
        assertEquals(4999, loss.getLast().step());
        assertTrue(loss.contains(new MetricPoint("loss", 1234, 99)) && loss.contains(new MetricPoint("loss", 4321, -5)));
        long widest = IntStream.range(1, loss.size()).mapToLong(i -> loss.get(i).step() - loss.get(i - 1).step()).max().orElseThrow();
        assertTrue(widest <= 2 * 5000 / 97 + 1, "gap " + widest);
        assertEquals(List.of(new MetricPoint("short", 1, 0.25), new MetricPoint("short", 2, Double.NaN)), series.get("short"));
        assertEquals(5000, catalogue.metrics().series("r", 10000).get("loss").size());
    }

    @Test
    void lineageIsKeptBothWays() {
        catalogue.runs().createAll(List.of(run("maker"), run("user")));
        var manifest = manifest("checkpoint", "weights");
        catalogue.artifacts().register(manifest);
        catalogue.artifacts().register(manifest);
        assertEquals(List.of(), catalogue.artifacts().list(Optional.empty(), 10, "").items());

        catalogue.artifacts().link("maker", "checkpoint", manifest.id());
        catalogue.artifacts().link("maker", "checkpoint", manifest.id());
        catalogue.artifacts().use("user", "encoders/f", manifest.id());
        catalogue.artifacts().use("user", "encoders/f", manifest.id());

        assertEquals(new ArtifactRecord(manifest.id(), "checkpoint", 7, now), catalogue.artifacts().get(manifest.id()));
        assertEquals(Optional.of(manifest.id()), catalogue.artifacts().madeBy("maker", "checkpoint"));
        assertEquals(List.of(new ArtifactLink("maker", "checkpoint", manifest.id())), catalogue.artifacts().producers(manifest.id()));
        assertEquals(List.of(new ArtifactLink("user", "encoders/f", manifest.id())), catalogue.artifacts().consumers(manifest.id()));
        assertEquals(1, catalogue.artifacts().list(Optional.of("checkpoint"), 10, "").items().size());
        assertEquals(0, catalogue.artifacts().list(Optional.of("split"), 10, "").items().size());

        var other = manifest("checkpoint", "other weights");
        catalogue.artifacts().register(other);
        assertThrows(ConflictException.class, () -> catalogue.artifacts().link("maker", "checkpoint", other.id()));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.artifacts().link("nobody", "checkpoint", other.id()));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.artifacts().use("user", "x", "0".repeat(64)));
    }

    @Test
    void aPairIsMadeOnceWithItsRuns() throws Exception {
        var runs = List.of(run("p-f"), run("p-g"));
        var calls = IntStream.range(0, 20).<Callable<PairRecord>>mapToObj(_ -> () -> catalogue.pairs().create("p", Optional.of("req"), "s", "{}", runs)).toList();
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var result : threads.invokeAll(calls)) {
                assertEquals(new PairRecord("p", Optional.of("req"), "s", "{}", now), result.get());
            }
        }
        assertEquals(2, catalogue.runs().list(RunFilter.ALL, 10, "").items().size());
        assertEquals(List.of("p"), catalogue.pairs().list(10, "").items().stream().map(PairRecord::id).toList());

        assertThrows(ConflictException.class, () -> catalogue.pairs().create("q", Optional.of("req"), "other", "{}", List.of()));
        assertThrows(ConflictException.class, () -> catalogue.pairs().create("q", Optional.empty(), "s", "{}", List.of(run("q-f"), run("p-g"))));
        assertEquals(Optional.empty(), catalogue.pairs().find("q"));
        assertEquals(Optional.empty(), catalogue.runs().find("q-f"));
    }

    @Test
    void aPairOfEncodersThatExistQueuesNothing() {
        var pair = catalogue.pairs().create("p", Optional.of("req"), "s", "x", "y");

        assertEquals(new PairRecord("p", Optional.of("req"), "s", "", List.of("x", "y"), now), pair);
        assertEquals(pair, catalogue.pairs().create("p", Optional.of("req"), "s", "x", "y"));
        assertEquals(Optional.of(pair), catalogue.pairs().find("p"));
        assertEquals(List.of(), catalogue.runs().list(RunFilter.ALL, 10, "").items());
        assertThrows(ConflictException.class, () -> catalogue.pairs().create("p", Optional.of("req"), "s", "y", "x"));
        assertThrows(ConflictException.class, () -> catalogue.pairs().create("p", Optional.empty(), "s", "x", "y"));
    }

    private Optional<RunRecord> claim(String worker) {
        return catalogue.runs().claimNext(Set.of("probe", "train_encoder"), worker);
    }

    static NewRun run(String id) {
        return new NewRun(id, Optional.empty(), "probe", SPEC, List.of());
    }

    static Manifest manifest(String kind, String content) {
        var blob = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        return new Manifest(List.of(new ArtifactFile("text/plain", "file.txt", blob.sha256(), blob.size())), kind);
    }

    private static List<String> ids(Page<RunRecord> page) {
        return page.items().stream().map(RunRecord::id).toList();
    }

    @Test
    void aDatabaseWithoutTablesIsNotReadyAndSaysSoWithoutSql() throws Exception {
        try (var unprepared = new Catalogue(emptyDatabase(), RetryPolicy.none(), () -> now)) {
            for (Executable use : List.<Executable>of(
                    () -> unprepared.runs().counts(),
                    () -> unprepared.runs().get("r"),
                    () -> unprepared.runs().create(run("r")),
                    () -> unprepared.runs().ready(Set.of("work")))) {
                var failure = assertThrows(StoreUnavailableException.class, use);
                assertEquals("the catalogue is not ready: the artifact store has not made its tables yet, or an older version of it did", failure.getMessage());
            }
            unprepared.migrate();
            assertEquals(Map.of(), unprepared.runs().counts());
        }
    }
}
