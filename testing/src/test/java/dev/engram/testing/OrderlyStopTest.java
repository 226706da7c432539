package dev.engram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.testing.MishapTask.Mishap;
import dev.engram.v1.Run.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is stopped in order, with workers at work. */
class OrderlyStopTest {
    private static final LaptopSettings SETTINGS = LaptopSettings.standard().withSlots(2).withHeap("128m");
    private static final int STEPS = 60;

    @TempDir
    Path home;

    @Test
    void itsWorkersSaveWhatTheyHaveAndGoOnFromThereAtTheNextStart() throws Exception {
        try (Laptop laptop = new Laptop(home, SETTINGS)) {
            laptop.submit("whole", CountingTask.spec(STEPS, 1));
            laptop.await("whole", State.SUCCEEDED);
            laptop.submit("paused", CountingTask.spec(100_000, 20));
            laptop.awaitResumePoint("paused");
            laptop.control().pause("paused");
            laptop.await("paused", State.PAUSED);
            Path hold = Files.createFile(CountingTask.hold(home, "counting"));
            laptop.submit("counting", CountingTask.spec(STEPS, 1));
            laptop.await("counting", () -> Laptop.progress(laptop.get("counting")).getDone() == CountingTask.HELD_AT, "did not count to the middle");
            laptop.stopExecutor();

            assertEquals(CountingTask.HELD_AT, laptop.resumeStep("counting"), "saved where it was");
            assertEquals(State.QUEUED, laptop.get("counting").state());
            assertEquals("goes on when the service starts again", laptop.log("counting").getLast());
            assertEquals(State.PAUSED, laptop.get("paused").state(), "what a person paused stays so");

            Files.delete(hold);
            laptop.startExecutor();
            laptop.await("counting", State.SUCCEEDED);
            assertTrue(laptop.log("counting").contains("counts from " + CountingTask.HELD_AT), laptop.describe("counting"));
            assertEquals(laptop.result("whole"), laptop.result("counting"));
        }
    }

    @Test
    void whoDoesNotObeyIsEndedAndItsRunGoesOnAtTheNextStartWhoeverHasItsOutput() throws Exception {
        try (Laptop laptop = new Laptop(home, SETTINGS.withStopGrace(Duration.ofSeconds(2)))) {
            laptop.submit("deaf", MishapTask.spec(Mishap.DEAF_WITH_A_CHILD));
            laptop.await("deaf", State.RUNNING);
            ProcessHandle deaf = laptop.worker("deaf");
            laptop.await("deaf", () -> deaf.children().findAny().isPresent(), "has no child");
            ProcessHandle child = deaf.children().findAny().orElseThrow();
            laptop.stopExecutor();
            assertEquals(State.QUEUED, laptop.get("deaf").state());
            assertFalse(deaf.isAlive());
            child.destroyForcibly();
        }
    }
}
