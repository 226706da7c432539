package dev.engram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunError.Category;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Store or catalogue gone in the middle of a run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageTest {
    @TempDir
    static Path home;

    private static final LaptopSettings SETTINGS =
            LaptopSettings.standard().withPatience(Duration.ofSeconds(8)).withStopGrace(Duration.ofSeconds(2)).withHeap("128m");

    private Laptop laptop;

    @BeforeAll
    void start() throws Exception {
        laptop = new Laptop(home, SETTINGS);
    }

    @AfterAll
    void stop() throws Exception {
        laptop.close();
    }

    @Test
    @Order(1)
    void aShortOutageOfTheCatalogueIsWaitedFor() throws Exception {
        laptop.submit("short", CountingTask.spec(60, 100));
        laptop.awaitResumePoint("short");
        laptop.backend().stopSql();
        Thread.sleep(4_000);
        laptop.backend().startSql();
        RunRecord run = laptop.await("short", State.SUCCEEDED);
        assertEquals(1, run.attempt(), "the same worker went on");
    }

    @Test
    @Order(2)
    void aStoreThatStaysAwayFailsTheRunWhichCanBeResumed() throws Exception {
        laptop.submit("long", CountingTask.spec(40, 100));
        laptop.awaitResumePoint("long");
        laptop.backend().stopS3();
        RunRecord failed = laptop.await("long", State.FAILED);
        assertEquals(Category.UNAVAILABLE, failed.error().orElseThrow().getCategory());
        assertTrue(failed.error().orElseThrow().getMessage().contains("(waited 8 s)"), failed.error().toString());
        assertTrue(laptop.log("long").stream().anyMatch(line -> line.endsWith("; waiting")), laptop.log("long").toString());

        laptop.backend().startS3();
        laptop.control().resume("long");
        assertEquals(2, laptop.await("long", State.SUCCEEDED).attempt());
    }

    @Test
    @Order(3)
    void whileTheStoreIsAwayARunCanBeCancelled() throws Exception {
        laptop.submit("stopped", CountingTask.spec(10_000, 20));
        laptop.awaitResumePoint("stopped");
        laptop.backend().stopS3();
        laptop.control().cancel("stopped");
        laptop.await("stopped", State.CANCELLED);
        laptop.backend().startS3();
    }

    @Test
    @Order(4)
    void aCatalogueThatStaysAwayLeavesTheRunLost() throws Exception {
        laptop.submit("lost", CountingTask.spec(10_000, 20));
        laptop.awaitResumePoint("lost");
        ProcessHandle worker = laptop.worker("lost");
        laptop.backend().stopSql();
        assertTrue(Laptop.within(Duration.ofSeconds(60), () -> !worker.isAlive()), "the worker gives up");
        laptop.backend().startSql();
        RunRecord lost = laptop.await("lost", State.LOST);
        assertTrue(lost.error().orElseThrow().getMessage().startsWith("the worker gave up because store or catalogue could not be reached"),
                lost.error().toString());
    }
}
