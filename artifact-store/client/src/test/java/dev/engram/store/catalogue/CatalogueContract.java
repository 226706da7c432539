package dev.engram.store.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.store.DatabaseSettings;
import dev.engram.store.RetryPolicy;
import dev.engram.store.Sha256;
import dev.engram.store.StoreUnavailableException;
import dev.engram.store.artifact.ArtifactFile;
import dev.engram.store.artifact.Manifest;
import dev.engram.v1.RunError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the catalogue does on every database, idea by idea. One subclass a database. */
abstract class CatalogueContract implements RunMakingContract, ClaimContract, StateContract, ListingContract, LineageContract {

    static final String SPEC = "{\"trainEncoder\":{\"split\":\"splits/s\"}}";
    static final RunError LOST = RunError.newBuilder().setCategory(RunError.Category.WORKER_LOST).setMessage("silent").setRetryable(true).setStep(7).build();

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-01T10:00:00.123456Z"));
    private Catalogue catalogue;

    /** A database without tables. */
    abstract DatabaseSettings emptyDatabase() throws Exception;

    @BeforeEach
    void open() throws Exception {
        catalogue = new Catalogue(emptyDatabase(), RetryPolicy.standard(), clock::get).migrate().migrate();
    }

    @AfterEach
    void close() {
        if (catalogue != null) {
            catalogue.close();
        }
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public AtomicReference<Instant> clock() {
        return clock;
    }

    @Test
    void aDatabaseWithoutTablesIsNotReadyAndSaysSoWithoutSql() throws Exception {
        try (var unprepared = new Catalogue(emptyDatabase(), RetryPolicy.none(), clock::get)) {
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

    static NewRun run(String id) {
        return new NewRun(id, Optional.empty(), "probe", SPEC, List.of());
    }

    static Manifest manifest(String kind, String content) {
        var blob = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        return new Manifest(List.of(new ArtifactFile("text/plain", "file.txt", blob.sha256(), blob.size())), kind);
    }

    static List<String> ids(Page<RunRecord> page) {
        return page.items().stream().map(RunRecord::id).toList();
    }
}
