package dev.engram.store.catalogue;

import static dev.engram.store.catalogue.CatalogueContract.SPEC;
import static dev.engram.store.catalogue.CatalogueContract.ids;
import static dev.engram.store.catalogue.CatalogueContract.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.ObjectNotFoundException;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs, logs and figures are read page by page and thinned. One idea of {@link CatalogueContract}. */
interface ListingContract extends OnCatalogue {

    @Test
    default void runsAreListedNewestFirstPageByPage() {
        for (int i = 0; i < 7; i++) {
            clock().set(now().plusMillis(i % 2));
            catalogue().runs().create(run("r" + i));
        }
        claim("w");

        var first = catalogue().runs().list(RunFilter.ALL, 3, "");
        catalogue().runs().create(run("made-meanwhile"));
        var second = catalogue().runs().list(RunFilter.ALL, 3, first.nextPageToken().orElseThrow());
        var third = catalogue().runs().list(RunFilter.ALL, 3, second.nextPageToken().orElseThrow());

        assertEquals(List.of("r6", "r5", "r4"), ids(first));
        assertEquals(List.of("r3", "r2", "r1"), ids(second));
        assertEquals(List.of("r0"), ids(third));
        assertEquals(Optional.empty(), third.nextPageToken());
        assertEquals(List.of("r0"), ids(catalogue().runs().list(new RunFilter(Set.of(Run.State.RUNNING), Set.of("probe"), Optional.empty()), 10, "")));
        assertEquals(List.of(), ids(catalogue().runs().list(new RunFilter(Set.of(), Set.of("unit_mem"), Optional.empty()), 10, "")));
        assertEquals(Map.of(Run.State.RUNNING, 1L, Run.State.QUEUED, 7L), catalogue().runs().counts());
        assertThrows(InvalidPageTokenException.class, () -> catalogue().runs().list(RunFilter.ALL, 3, "nonsense"));
        assertThrows(IllegalArgumentException.class, () -> catalogue().runs().list(RunFilter.ALL, 0, ""));
    }

    @Test
    default void runsAreListedByTheRunTheyDependOn() {
        catalogue().runs().createAll(List.of(run("base"), new NewRun("user", Optional.empty(), "probe", SPEC, List.of("base")), run("alone")));
        assertEquals(List.of("user"), ids(catalogue().runs().list(new RunFilter(Set.of(), Set.of(), Optional.of("base")), 10, "")));
    }

    @Test
    default void theLogKeepsItsOrderWithTwoWriters() throws Exception {
        catalogue().runs().create(run("r"));
        var writers = IntStream.range(0, 4).<Callable<Void>>mapToObj(writer -> () -> {
            for (int i = 0; i < 10; i++) {
                catalogue().log().append("r", LogEntry.Severity.INFO, writer + " says " + i);
            }
            return null;
        }).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var result : threads.invokeAll(writers)) {
                result.get();
            }
        }
        var lines = catalogue().log().read("r", 0, 1000);
        assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), lines.stream().map(LogLine::sequence).toList());
        assertEquals(new LogLine(40, now(), LogEntry.Severity.INFO, lines.getLast().message()), catalogue().log().read("r", 39, 10).getFirst());
        assertEquals(5, catalogue().log().read("r", 12, 5).size());
        assertThrows(ObjectNotFoundException.class, () -> catalogue().log().append("nobody", LogEntry.Severity.INFO, "x"));
    }

    @Test
    default void seriesAreThinnedToTheirShape() {
        catalogue().runs().create(run("r"));
        var points = new ArrayList<MetricPoint>();
        for (int step = 0; step < 5000; step++) {
            points.add(new MetricPoint("loss", step, step == 1234 ? 99 : step == 4321 ? -5 : 1.0 / (1 + step)));
        }
        points.add(new MetricPoint("short", 1, 0.5));
        points.add(new MetricPoint("short", 2, Double.NaN));
        catalogue().metrics().append("r", points);
        catalogue().metrics().append("r", List.of(new MetricPoint("short", 1, 0.25)));

        var series = catalogue().metrics().series("r", 100);
        var loss = series.get("loss");
        assertTrue(loss.size() <= 100 && loss.size() >= 95, "points " + loss.size());
        assertEquals(new MetricPoint("loss", 0, 1.0), loss.getFirst());
        assertEquals(4999, loss.getLast().step());
        assertTrue(loss.contains(new MetricPoint("loss", 1234, 99)) && loss.contains(new MetricPoint("loss", 4321, -5)));
        long widest = IntStream.range(1, loss.size()).mapToLong(i -> loss.get(i).step() - loss.get(i - 1).step()).max().orElseThrow();
        assertTrue(widest <= 2 * 5000 / 97 + 1, "gap " + widest);
        assertEquals(List.of(new MetricPoint("short", 1, 0.25), new MetricPoint("short", 2, Double.NaN)), series.get("short"));
        assertEquals(5000, catalogue().metrics().series("r", 10000).get("loss").size());
    }

    /** Names of files are anybody's, and a message is cut anywhere. */
    @Test
    default void theLogTakesWhateverAMessageHolds() {
        catalogue().runs().create(run("r"));
        String half = "\uD83D\uDE00".substring(0, 1);
        catalogue().log().append("r", LogEntry.Severity.INFO, "a\0b" + half + "c");
        catalogue().log().append("r", LogEntry.Severity.INFO, "x".repeat(9_999) + "\uD83D\uDE00 and more");
        assertEquals(List.of("a\uFFFDb\uFFFDc", "x".repeat(9_999)), catalogue().log().read("r", 0, 9).stream().map(LogLine::message).toList());
    }

    @Test
    default void aPageMayBeCutShortAndGoOnThere() {
        catalogue().runs().createAll(List.of(run("a"), run("b"), run("c")));
        var first = catalogue().runs().list(RunFilter.ALL, 3, "").items().getFirst();
        assertEquals(List.of("b", "a"), ids(catalogue().runs().list(RunFilter.ALL, 3, RunTable.pageTokenAfter(first))));
    }
}
