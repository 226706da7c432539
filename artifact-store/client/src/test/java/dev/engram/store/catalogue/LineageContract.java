package dev.engram.store.catalogue;

import static dev.engram.store.catalogue.CatalogueContract.manifest;
import static dev.engram.store.catalogue.CatalogueContract.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Artifacts, pairs and executors. One idea of {@link CatalogueContract}. */
interface LineageContract extends OnCatalogue {

    @Test
    default void lineageIsKeptBothWays() {
        catalogue().runs().createAll(List.of(run("maker"), run("user")));
        var manifest = manifest("checkpoint", "weights");
        catalogue().artifacts().register(manifest);
        catalogue().artifacts().register(manifest);
        assertEquals(List.of(), catalogue().artifacts().list(Optional.empty(), 10, "").items());

        catalogue().artifacts().link("maker", "checkpoint", manifest.id());
        catalogue().artifacts().link("maker", "checkpoint", manifest.id());
        catalogue().artifacts().use("user", "encoders/f", manifest.id());
        catalogue().artifacts().use("user", "encoders/f", manifest.id());

        assertEquals(new ArtifactRecord(manifest.id(), "checkpoint", 7, now()), catalogue().artifacts().get(manifest.id()));
        assertEquals(Optional.of(manifest.id()), catalogue().artifacts().madeBy("maker", "checkpoint"));
        assertEquals(Map.of(manifest.id(), manifest.files()), catalogue().artifacts().files(List.of(manifest.id(), "0".repeat(64))));
        assertEquals(catalogue().artifacts().madeBy("maker"), catalogue().artifacts().madeBy(List.of("maker", "user")));
        assertEquals(List.of(), catalogue().artifacts().readBy(List.of()));
        assertEquals(List.of(new ArtifactLink("maker", "checkpoint", manifest.id())), catalogue().artifacts().producers(manifest.id()));
        assertEquals(List.of(new ArtifactLink("user", "encoders/f", manifest.id())), catalogue().artifacts().consumers(manifest.id()));
        assertEquals(1, catalogue().artifacts().list(Optional.of("checkpoint"), 10, "").items().size());
        assertEquals(0, catalogue().artifacts().list(Optional.of("split"), 10, "").items().size());

        var other = manifest("checkpoint", "other weights");
        catalogue().artifacts().register(other);
        assertThrows(ConflictException.class, () -> catalogue().artifacts().link("maker", "checkpoint", other.id()));
        assertThrows(ObjectNotFoundException.class, () -> catalogue().artifacts().link("nobody", "checkpoint", other.id()));
        assertThrows(ObjectNotFoundException.class, () -> catalogue().artifacts().use("user", "x", "0".repeat(64)));
    }

    @Test
    default void aPairIsMadeOnceWithItsRuns() throws Exception {
        var runs = List.of(run("p-f"), run("p-g"));
        var calls = IntStream.range(0, 20).<Callable<PairRecord>>mapToObj(_ -> () -> catalogue().pairs().create("p", Optional.of("req"), "s", "{}", runs)).toList();
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var result : threads.invokeAll(calls)) {
                assertEquals(new PairRecord("p", Optional.of("req"), "s", "{}", now()), result.get());
            }
        }
        assertEquals(2, catalogue().runs().list(RunFilter.ALL, 10, "").items().size());
        assertEquals(List.of("p"), catalogue().pairs().list(10, "").items().stream().map(PairRecord::id).toList());

        assertThrows(ConflictException.class, () -> catalogue().pairs().create("q", Optional.of("req"), "other", "{}", List.of()));
        assertThrows(ConflictException.class, () -> catalogue().pairs().create("q", Optional.empty(), "s", "{}", List.of(run("q-f"), run("p-g"))));
        assertEquals(Optional.empty(), catalogue().pairs().find("q"));
        assertEquals(Optional.empty(), catalogue().runs().find("q-f"));
    }

    @Test
    default void aPairOfEncodersThatExistQueuesNothing() {
        var pair = catalogue().pairs().create("p", Optional.of("req"), "s", "x", "y");

        assertEquals(new PairRecord("p", Optional.of("req"), "s", "", List.of("x", "y"), now()), pair);
        assertEquals(pair, catalogue().pairs().create("p", Optional.of("req"), "s", "x", "y"));
        assertEquals(Optional.of(pair), catalogue().pairs().find("p"));
        assertEquals(List.of(), catalogue().runs().list(RunFilter.ALL, 10, "").items());
        assertThrows(ConflictException.class, () -> catalogue().pairs().create("p", Optional.of("req"), "s", "y", "x"));
        assertThrows(ConflictException.class, () -> catalogue().pairs().create("p", Optional.empty(), "s", "x", "y"));
    }

    @Test
    default void anExecutorIsThereAsLongAsItSaysSo() {
        catalogue().executors().seen("b:2", List.of("probe"), List.of("cuda:0 (A)", "cuda:1 (B)"), 2, 1);
        catalogue().executors().seen("a:1", List.of("layer_mem", "unit_mem"), List.of("cpu"), 3, 0);
        ExecutorRecord cards = new ExecutorRecord("b:2", List.of("probe"), List.of("cuda:0 (A)", "cuda:1 (B)"), 2, 1, now());
        assertEquals(List.of(new ExecutorRecord("a:1", List.of("layer_mem", "unit_mem"), List.of("cpu"), 3, 0, now()), cards),
                catalogue().executors().within(Duration.ofSeconds(10)));
        clock().set(now().plusSeconds(20));
        catalogue().executors().seen("a:1", List.of("layer_mem", "unit_mem"), List.of(), 3, 2);
        assertEquals(List.of(new ExecutorRecord("a:1", List.of("layer_mem", "unit_mem"), List.of(), 3, 2, now())),
                catalogue().executors().within(Duration.ofSeconds(10)));
        catalogue().executors().left("a:1");
        assertEquals(List.of(cards), catalogue().executors().within(Duration.ofMinutes(1)));
        clock().set(now().plus(Duration.ofDays(2)));
        catalogue().executors().seen("c:3", List.of(), List.of("cpu"), 1, 0);
        assertEquals(1, catalogue().executors().within(Duration.ofDays(10)).size(), "what was not seen for a day is forgotten");
    }
}
