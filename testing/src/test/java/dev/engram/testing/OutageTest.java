package dev.engram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunError.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store or catalogue gone in the middle of a run. */
class OutageTest {
    private static final int STEPS = 60;

    @TempDir
    Path home;

    @Test
    void aShortOutageOfTheCatalogueIsWaitedFor() throws Exception {
        try (Laptop laptop = patient()) {
            Path hold = submitHeld(laptop, "short");
            laptop.backend().stopSql();
            Thread.sleep(4_000);
            laptop.backend().startSql();
            Files.delete(hold);
            RunRecord run = laptop.await("short", State.SUCCEEDED);
            assertEquals(1, run.attempt(), "the same worker went on");
        }
    }

    @Test
    void aStoreThatStaysAwayFailsTheRunWhichCanBeResumed() throws Exception {
        try (Laptop laptop = hasty()) {
            Path hold = submitHeld(laptop, "long");
            laptop.backend().stopS3();
            Files.delete(hold);
            RunRecord failed = laptop.await("long", State.FAILED);
            assertEquals(Category.UNAVAILABLE, failed.error().orElseThrow().getCategory());
            assertTrue(failed.error().orElseThrow().getMessage().contains("(waited 8 s)"), failed.error().toString());
            assertTrue(laptop.log("long").stream().anyMatch(line -> line.endsWith("; waiting")), laptop.log("long").toString());
            laptop.backend().startS3();
            laptop.control().resume("long");
            assertEquals(2, laptop.await("long", State.SUCCEEDED).attempt());
        }
    }

    @Test
    void whileTheStoreIsAwayARunCanBeCancelled() throws Exception {
        try (Laptop laptop = patient()) {
            Path hold = submitHeld(laptop, "stopped");
            laptop.backend().stopS3();
            Files.delete(hold);
            laptop.await("stopped", () -> laptop.log("stopped").getLast().endsWith("; waiting"), "does not wait for the store");
            laptop.control().cancel("stopped");
            laptop.await("stopped", State.CANCELLED);
            assertEquals("cancelled", laptop.log("stopped").getLast(), "the worker's own word");
            laptop.backend().startS3();
        }
    }

    @Test
    void aCatalogueThatStaysAwayLeavesTheRunLost() throws Exception {
        try (Laptop laptop = hasty()) {
            submitHeld(laptop, "lost");
            ProcessHandle worker = laptop.worker("lost");
            laptop.backend().stopSql();
            Laptop.awaitEnd(worker);
            laptop.backend().startSql();
            RunRecord lost = laptop.await("lost", State.LOST);
            assertTrue(lost.error().orElseThrow().getMessage().startsWith("the worker gave up because store or catalogue could not be reached"),
                    lost.error().toString());
        }
    }

    /** Its workers wait for longer than the test lets them. */
    private Laptop patient() throws Exception {
        return new Laptop(home, LaptopSettings.standard().withHeap("128m"));
    }

    private Laptop hasty() throws Exception {
        return new Laptop(home, LaptopSettings.standard().withPatience(Duration.ofSeconds(8)).withHeap("128m"));
    }

    /** Returns when the run stays in the middle, until the file is deleted. */
    private Path submitHeld(Laptop laptop, String id) throws IOException {
        Path hold = Files.createFile(CountingTask.hold(home, id));
        laptop.submit(id, CountingTask.spec(STEPS, 1));
        laptop.await(id, () -> Laptop.progress(laptop.get(id)).getDone() == CountingTask.HELD_AT, "did not count to the middle");
        return hold;
    }
}
