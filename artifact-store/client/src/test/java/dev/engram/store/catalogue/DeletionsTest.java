package dev.engram.store.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.BlobStore;
import dev.engram.store.DatabaseSettings;
import dev.engram.store.MemoryObjects;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.RetryPolicy;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.artifact.ArtifactRepository;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionsTest {

    private final MemoryObjects objects = new MemoryObjects();
    private Instant now = Instant.parse("2026-11-01T10:00:00Z");

    @TempDir
    private Path home;

    private Catalogue catalogue;
    private ArtifactRepository repository;
    private Deletions deletions;

    @BeforeEach
    void open() {
        var settings = new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
        catalogue = new Catalogue(settings, RetryPolicy.standard(), () -> now).migrate();
        var blobs = new BlobStore(objects, home.resolve("cache"));
        repository = new ArtifactRepository(objects, blobs, catalogue.artifacts(), home.resolve("drafts"));
        deletions = catalogue.deletions(repository, blobs);
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    @Test
    void aRunGoesWithAllThatOnlyItRefersTo() {
        ended("one");
        ended("two");
        var shared = store("shared", "only of one");
        var other = store("shared", "only of two");
        catalogue.artifacts().link("one", "result", shared.id());
        catalogue.artifacts().link("two", "result", other.id());
        catalogue.log().append("one", LogEntry.Severity.INFO, "done");
        catalogue.metrics().append("one", List.of(new MetricPoint("loss", 1, 0.5)));

        var plan = deletions.plan("one");
        assertEquals(new Deletion(List.of(shared.id()), "only of one".length()), plan);
        assertEquals(5, objects.content().size());

        assertEquals(plan, deletions.delete("one"));
        assertEquals(3, objects.content().size());
        assertThrows(ObjectNotFoundException.class, () -> repository.open(shared.id()));
        assertThrows(ObjectNotFoundException.class, () -> catalogue.runs().get("one"));
        assertArrayEquals(bytes("shared"), repository.open(other.id()).bytes("file0.txt"));
        assertThrows(ObjectNotFoundException.class, () -> deletions.delete("one"));
    }

    @Test
    void anArtifactThatTwoRunsMadeStaysForTheSecond() {
        ended("one");
        ended("two");
        var artifact = store("same");
        catalogue.artifacts().link("one", "result", artifact.id());
        catalogue.artifacts().link("two", "result", artifact.id());

        assertEquals(Deletion.NOTHING, deletions.delete("one"));
        assertArrayEquals(bytes("same"), repository.open(artifact.id()).bytes("file0.txt"));
        assertEquals(new Deletion(List.of(artifact.id()), 4), deletions.delete("two"));
        assertEquals(Map.of(), objects.content());
    }

    @Test
    void aRunThatIsNeededStays() {
        ended("base");
        catalogue.runs().create(new NewRun("user", Optional.empty(), "probe", CatalogueContract.SPEC, List.of("base")));
        ended("reader");
        var artifact = store("x");
        catalogue.artifacts().link("base", "result", artifact.id());
        catalogue.artifacts().use("reader", "encoders/base", artifact.id());

        assertEquals(List.of("reader", "user"), assertThrows(InUseException.class, () -> deletions.plan("base")).users());
        assertThrows(InUseException.class, () -> deletions.delete("base"));
        assertThrows(InUseException.class, () -> deletions.delete("user"), "it is queued");
        deletions.delete("reader");
        catalogue.runs().transition("user", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).orElseThrow();
        deletions.delete("user");
        assertEquals(1, deletions.delete("base").bytes());
    }

    @Test
    void aRunGoesWithItsParts() {
        var parts = List.of(CatalogueContract.run("part-1"), CatalogueContract.run("part-2"));
        catalogue.runs().create(new NewRun("whole", Optional.empty(), "probe", CatalogueContract.SPEC, List.of("part-1", "part-2")), parts);
        catalogue.runs().transition("part-1", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).orElseThrow();
        catalogue.runs().transition("whole", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).orElseThrow();
        var artifact = store("of a part");
        catalogue.artifacts().link("part-1", "result", artifact.id());
        catalogue.artifacts().use("whole", "runs/part-1", artifact.id());

        assertEquals(List.of("whole"), assertThrows(InUseException.class, () -> deletions.delete("part-1")).users());
        assertEquals(List.of("part-2"), assertThrows(InUseException.class, () -> deletions.delete("whole")).users(), "it is queued");
        catalogue.runs().transition("part-2", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).orElseThrow();
        assertEquals(deletions.plan("whole"), deletions.delete("whole"));
        assertEquals(Map.of(), objects.content());
        assertEquals(Optional.empty(), catalogue.runs().find("part-1"));
        assertEquals(Optional.empty(), catalogue.runs().find("part-2"));
    }

    /** Which neither of its encoders may need; a listing of pairs asks each for its split. */
    @Test
    void aPairGoesWithItsSplit() {
        for (String id : List.of("s", "t", "f", "g")) {
            ended(id);
        }
        catalogue.pairs().create("p", Optional.empty(), "s", "f", "g");
        catalogue.pairs().create("q", Optional.empty(), "t", "f", "g");
        deletions.delete("t");
        assertEquals(Set.of("p"), pairs());
    }

    @Test
    void aPairGoesWithTheLastOfItsEncodersAndItsIdIsFreeAgain() {
        ended("s");
        catalogue.pairs().create("p", Optional.of("req"), "s", "{}", List.of(CatalogueContract.run("p-f"), CatalogueContract.run("p-g")));
        for (var id : List.of("p-f", "p-g", "x", "y", "other")) {
            if (catalogue.runs().find(id).isEmpty()) {
                catalogue.runs().create(CatalogueContract.run(id));
            }
            catalogue.runs().transition(id, Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).orElseThrow();
        }
        catalogue.pairs().create("of-two", Optional.empty(), "s", "x", "y");

        deletions.delete("other");
        deletions.delete("p-f");
        deletions.delete("y");
        assertEquals(Set.of("p", "of-two"), pairs());
        deletions.delete("p-g");
        assertEquals(Set.of("of-two"), pairs());
        deletions.delete("x");
        assertEquals(Set.of(), pairs());

        catalogue.pairs().create("p", Optional.of("req"), "another split", "{}", List.of(CatalogueContract.run("p-f"), CatalogueContract.run("p-g")));
        assertEquals("another split", catalogue.pairs().get("p").split());
    }

    private Set<String> pairs() {
        return catalogue.pairs().list(10, "").items().stream().map(PairRecord::id).collect(Collectors.toSet());
    }

    @Test
    void oldResumePointsAreReallyDeleted() {
        catalogue.runs().create(CatalogueContract.run("train"));
        Claim claim = catalogue.runs().claim("train", 1, "w", "cpu").orElseThrow().claim();
        for (int step = 10; step <= 40; step += 10) {
            catalogue.resumePoints().add(claim, step, store("weights", "at " + step).id());
        }
        assertEquals(40, catalogue.resumePoints().latest("train").orElseThrow().step());

        assertEquals(10, deletions.trimResumePoints("train", 2).bytes());
        assertEquals(List.of(40L, 30L), catalogue.resumePoints().list("train").stream().map(ResumePoint::step).toList());
        assertEquals(5, objects.content().size());
        var kept = repository.open(catalogue.resumePoints().list("train").getLast().artifactId());
        assertArrayEquals(bytes("at 30"), kept.bytes("file1.txt"));
    }

    @Test
    void whatADeadWriterLeftIsSwept() {
        store("begun and never linked");
        assertEquals(Deletion.NOTHING, deletions.sweep(Duration.ofHours(1)));
        now = now.plus(Duration.ofHours(2));
        assertEquals(22, deletions.sweep(Duration.ofHours(1)).bytes());
        assertEquals(Map.of(), objects.content());
    }

    @Test
    void aDeletionThatBreaksOffIsDoneByTheNext() {
        for (int passed = 0; passed < 3; passed++) {
            ended("r" + passed);
            catalogue.artifacts().link("r" + passed, "result", store("first", "second").id());
            objects.failAfter(passed, new StoreRefusedException("broken", null));
            int run = passed;
            assertThrows(StoreRefusedException.class, () -> deletions.delete("r" + run));
            assertEquals(Run.State.CANCELLED, catalogue.runs().get("r" + passed).state());
            assertEquals(11, deletions.delete("r" + passed).bytes());
            assertEquals(Map.of(), objects.content());
        }
    }

    @Test
    void aBlobThatIsStoredAgainWhileItIsDeletedIsThereAfterwards() {
        for (int round = 0; round < 30; round++) {
            ended("old" + round);
            ended("new" + round);
            catalogue.artifacts().link("old" + round, "result", store("shared " + round, "a").id());
            int number = round;
            var deletion = CompletableFuture.runAsync(() -> deletions.delete("old" + number));
            var written = store("shared " + round, "b");
            catalogue.artifacts().link("new" + round, "result", written.id());
            deletion.join();

            assertArrayEquals(bytes("shared " + round), repository.open(written.id()).bytes("file0.txt"));
            assertTrue(repository.exists(written.id()));
        }
    }

    private void ended(String id) {
        catalogue.runs().create(CatalogueContract.run(id));
        catalogue.runs().transition(id, Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).orElseThrow();
    }

    private Artifact store(String... contents) {
        var files = new HashMap<String, byte[]>();
        for (int i = 0; i < contents.length; i++) {
            files.put("file" + i + ".txt", bytes(contents[i]));
        }
        return repository.write("result", files, Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
