package dev.engram.store.catalogue;

import static dev.engram.store.catalogue.CatalogueContract.LOST;
import static dev.engram.store.catalogue.CatalogueContract.SPEC;
import static dev.engram.store.catalogue.CatalogueContract.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes of state are compared and set, with their line of the log. One idea of {@link CatalogueContract}. */
interface StateContract extends OnCatalogue {

    @Test
    default void ofTwoTransitionsThatMeetOneWins() throws Exception {
        catalogue().runs().create(run("r"));
        var changes = IntStream.range(0, 16).<Callable<Boolean>>mapToObj(_ -> () ->
                catalogue().runs().transition("r", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)).isPresent()).toList();
        int winners = 0;
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (var result : threads.invokeAll(changes)) {
                winners += result.get() ? 1 : 0;
            }
        }
        assertEquals(1, winners);
        assertEquals(2, catalogue().runs().version("r"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue().runs().transition("nobody", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED)));
    }

    @Test
    default void aChangeAndItsLineOfTheLogComeTogether() throws Exception {
        catalogue().runs().create(run("r"));
        var claim = claim("w").orElseThrow().claim();
        assertEquals(Optional.empty(), catalogue().runs().transition("r", Set.of(Run.State.QUEUED), StateChange.to(Run.State.CANCELLED).telling("cancelled")));
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                writers.submit(() -> catalogue().log().append("r", LogEntry.Severity.INFO, "busy"));
            }
            catalogue().runs().release(claim, StateChange.to(Run.State.LOST, LOST).telling("silent")).orElseThrow();
            assertEquals(1, catalogue().log().read("r", 0, 100).stream().filter(line -> line.message().equals("silent")).count());
        }
        assertEquals(Optional.empty(), catalogue().runs().release(claim, StateChange.to(Run.State.SUCCEEDED).telling("succeeded")));
        catalogue().runs().transition("r", Set.of(Run.State.LOST), StateChange.to(Run.State.QUEUED).telling("again")).orElseThrow();

        var lines = catalogue().log().read("r", 0, 100);
        assertEquals(22, lines.size());
        assertEquals(List.of(LogEntry.Severity.ERROR), lines.stream().filter(line -> line.message().equals("silent")).map(LogLine::severity).toList());
        assertEquals(new LogLine(22, now(), LogEntry.Severity.INFO, "again"), lines.getLast());
    }

    @Test
    default void silentAndBlockedRunsAreFound() {
        catalogue().runs().create(run("base"));
        catalogue().runs().create(new NewRun("waits", Optional.empty(), "probe", SPEC, List.of("base")));
        var claim = claim("w").orElseThrow().claim();

        clock().set(now().plusSeconds(3));
        assertEquals(List.of(), catalogue().runs().silent(Duration.ofSeconds(3)));
        clock().set(now().plusMillis(1));
        assertEquals(List.of("base"), catalogue().runs().silent(Duration.ofSeconds(3)).stream().map(RunRecord::id).toList());
        assertEquals(List.of(), catalogue().runs().blocked());

        catalogue().runs().release(claim, StateChange.to(Run.State.FAILED, LOST)).orElseThrow();
        assertEquals(List.of(new BlockedRun("waits", "base", Run.State.FAILED)), catalogue().runs().blocked());
    }
}
