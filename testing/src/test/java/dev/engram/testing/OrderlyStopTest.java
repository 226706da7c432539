package dev.engram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.testing.MishapTask.Mishap;
import dev.engram.v1.Run.State;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is stopped in order, with workers at work. */
class OrderlyStopTest {
    private static final LaptopSettings SETTINGS =
            LaptopSettings.standard().withSlots(3).withStopGrace(Duration.ofSeconds(5)).withHeap("128m");
    private static final int STEPS = 60;

    @TempDir
    Path home;

    @Test
    void itsWorkersSaveWhatTheyHaveAndGoOnFromThereAtTheNextStart() throws Exception {
        try (Laptop laptop = new Laptop(home, SETTINGS)) {
            laptop.submit("whole", CountingTask.spec(STEPS, 1));
            laptop.await("whole", State.SUCCEEDED);
            laptop.submit("paused", CountingTask.spec(10_000, 20));
            laptop.awaitResumePoint("paused");
            laptop.control().pause("paused");
            laptop.await("paused", State.PAUSED);
            laptop.submit("deaf", MishapTask.spec(Mishap.DEAF));
            laptop.submit("counting", CountingTask.spec(STEPS, 200));
            laptop.await("deaf", State.RUNNING);
            laptop.await("counting", () -> Laptop.progress(laptop.get("counting")).getDone() >= 13, "did not count to 13");
            ProcessHandle deaf = laptop.worker("deaf");
            laptop.stopExecutor();

            long saved = laptop.resumeStep("counting");
            assertTrue(saved >= 13 && saved < STEPS, "saved where it was, at " + saved);
            assertEquals(State.QUEUED, laptop.get("counting").state());
            assertEquals("goes on when the service starts again", laptop.log("counting").getLast());
            assertEquals(State.QUEUED, laptop.get("deaf").state(), "who does not obey is ended");
            assertFalse(deaf.isAlive());
            assertEquals(State.PAUSED, laptop.get("paused").state(), "what a person paused stays so");

            laptop.control().cancel("deaf");
            laptop.startExecutor();
            laptop.await("counting", State.SUCCEEDED);
            assertTrue(laptop.log("counting").contains("counts from " + saved), laptop.describe("counting"));
            assertEquals(laptop.result("whole"), laptop.result("counting"));
        }
    }
}
