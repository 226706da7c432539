package dev.engram.store.service.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.grpc.StatusMapping;
import dev.engram.store.StoreFullException;
import dev.engram.store.catalogue.Catalogue;
import dev.engram.store.catalogue.NewRun;
import dev.engram.store.catalogue.RunFilter;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.LogEntry;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the embedded catalogue has no space left. */
class FullCatalogueTest {
    private static final int MOST = 2000;

    @TempDir
    private Path directory;

    @Test
    void aFullDiskIsSaidNothingIsHalfWrittenAndItGoesOnWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("home"), 16)) {
            EmbeddedStore store = EmbeddedStoreTest.with(Map.of(), disk.folder());
            var made = new TreeSet<String>();
            try (Catalogue catalogue = new Catalogue(store.endpoints().database()).migrate()) {
                make(catalogue, made, "before");
                fillUntilRefused(disk, catalogue, made, "first");
                assertTrue(runs(catalogue).contains("before"), "what was there can be read");
                Path filler = fillUntilRefused(disk, catalogue, made, "second");

                Files.delete(filler);
                make(catalogue, made, "after");
                assertEquals(made, runs(catalogue));
            } finally {
                store.close();
            }
            EmbeddedStore again = EmbeddedStoreTest.with(Map.of(), disk.folder());
            try (Catalogue catalogue = new Catalogue(again.endpoints().database()).migrate()) {
                assertEquals(made, runs(catalogue), "and so after a restart");
            } finally {
                again.close();
            }
        }
    }

    private static Path fillUntilRefused(SmallDisk disk, Catalogue catalogue, TreeSet<String> made, String name) throws Exception {
        Path filler = disk.fill();
        StoreFullException full = assertThrows(StoreFullException.class, () -> {
            for (int i = 0; i < MOST; i++) {
                String id = name + "-" + i;
                make(catalogue, made, id);
                catalogue.log().append(id, LogEntry.Severity.INFO, "x".repeat(10_000));
            }
        });
        assertEquals("the catalogue's database has no space left", full.getMessage());
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, StatusMapping.of(full).orElseThrow().getStatus().getCode());
        return filler;
    }

    private static void make(Catalogue catalogue, TreeSet<String> made, String id) {
        catalogue.runs().create(new NewRun(id, Optional.empty(), "probe", "{}", List.of()));
        made.add(id);
    }

    private static TreeSet<String> runs(Catalogue catalogue) {
        var found = new TreeSet<String>();
        Optional<String> token = Optional.of("");
        while (token.isPresent()) {
            var page = catalogue.runs().list(RunFilter.ALL, 500, token.get());
            page.items().stream().map(RunRecord::id).forEach(found::add);
            token = page.nextPageToken();
        }
        return found;
    }
}
