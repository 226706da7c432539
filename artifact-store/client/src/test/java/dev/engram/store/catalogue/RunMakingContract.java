package dev.engram.store.catalogue;

import static dev.engram.store.catalogue.CatalogueContract.SPEC;
import static dev.engram.store.catalogue.CatalogueContract.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.Run;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs are made once, all or none. One idea of {@link CatalogueContract}. */
interface RunMakingContract extends OnCatalogue {

    @Test
    default void aRunIsKeptAsItWasMade() {
        catalogue().runs().create(run("base"));
        var made = catalogue().runs().create(new NewRun("next", Optional.of("req"), "probe", SPEC, List.of("base")));

        var expected = new RunRecord("next", Optional.of("req"), "probe", SPEC, Run.State.QUEUED, Optional.empty(), Optional.empty(), 0,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1, now(), Optional.empty(), Optional.empty(), now(), List.of("base"));
        assertEquals(expected, made);
        assertEquals(expected, catalogue().runs().get("next"));
        assertEquals(1, catalogue().runs().version("next"));
        assertEquals(0, catalogue().runs().version("other"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue().runs().get("other"));
    }

    @Test
    default void manyCallersOfOneRequestMakeOneRun() throws Exception {
        var ids = new HashSet<String>();
        var calls = IntStream.range(0, 100).<Callable<String>>mapToObj(i -> () -> catalogue().runs().create(new NewRun("r" + i, Optional.of("same"), "probe", SPEC, List.of())).id()).toList();
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (var result : threads.invokeAll(calls)) {
                ids.add(result.get());
            }
        }
        assertEquals(1, ids.size());
        assertEquals(1, catalogue().runs().list(RunFilter.ALL, 10, "").items().size());
    }

    @Test
    default void oneRequestIdForTwoRequestsIsAConflict() {
        catalogue().runs().create(new NewRun("a", Optional.of("req"), "probe", SPEC, List.of()));

        assertThrows(ConflictException.class, () -> catalogue().runs().create(new NewRun("b", Optional.of("req"), "probe", "{}", List.of())));
        assertThrows(ConflictException.class, () -> catalogue().runs().create(run("a")));
        assertThrows(ObjectNotFoundException.class, () -> catalogue().runs().create(new NewRun("c", Optional.empty(), "probe", SPEC, List.of("nobody"))));
        assertThrows(IllegalArgumentException.class, () -> run("Not An Id"));
    }

    @Test
    default void severalRunsAreMadeTogetherOrNotAtAll() {
        catalogue().runs().create(run("taken"));
        assertThrows(ConflictException.class, () -> catalogue().runs().createAll(List.of(run("fresh"), run("taken"))));
        assertEquals(Optional.empty(), catalogue().runs().find("fresh"));
    }
}
