package dev.engram.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.EngramVersion;
import dev.engram.store.catalogue.ResumePoint;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.testing.MishapTask.Mishap;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunError.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real worker processes under a real executor, and everything that can happen to them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerProcessTest {
    private static final int STEPS = 60;
    private static final LaptopSettings SETTINGS =
            LaptopSettings.standard().withSlots(2).withStopGrace(Duration.ofSeconds(2)).withHeap("128m");

    @TempDir
    static Path home;

    private Laptop laptop;
    private String undisturbed;

    @BeforeAll
    void start() throws Exception {
        laptop = new Laptop(home, SETTINGS);
        laptop.submit("undisturbed", CountingTask.spec(STEPS, 1));
        laptop.await("undisturbed", State.SUCCEEDED);
        undisturbed = laptop.result("undisturbed");
    }

    @AfterAll
    void stop() throws Exception {
        laptop.close();
    }

    @Test
    void aRunTellsWhatItDid() {
        RunRecord run = laptop.get("undisturbed");
        assertEquals(1, run.attempt());
        assertTrue(run.progress().orElseThrow().contains("\"done\":\"60\""), run.progress().toString());
        List<String> log = laptop.log("undisturbed");
        assertTrue(log.getFirst().startsWith("attempt 1 begins on "), log.toString());
        assertEquals("succeeded", log.getLast());
        var series = laptop.store().catalogue().metrics().series("undisturbed", 500).get("last");
        assertEquals(STEPS, series.size());
        assertFalse(Files.exists(home.resolve("workers/undisturbed/scratch-1")), "scratch space is left");
    }

    @Test
    void killedInTheMiddleItIsLostAndGoesOnToTheSameBytes() throws Exception {
        submitHeld("killed");
        laptop.kill("killed");
        RunRecord lost = laptop.await("killed", State.LOST);
        assertEquals("the worker was killed by signal 9 (SIGKILL); if nobody did, the machine may be out of memory", lost.error().orElseThrow().getMessage());

        letGo("killed");
        laptop.control().resume("killed");
        RunRecord done = laptop.await("killed", State.SUCCEEDED);
        assertEquals(2, done.attempt());
        assertTrue(laptop.log("killed").stream().anyMatch(line -> line.startsWith("goes on from the resume point at ")));
        assertFalse(laptop.log("killed").subList(3, laptop.log("killed").size()).contains("counts from 0"), "it began anew");
        assertEquals(undisturbed, laptop.result("killed"));
        assertTrue(Laptop.within(Duration.ofMinutes(2), () -> laptop.resumeStep("killed") == 0), "what has succeeded is not taken up again");
        assertEquals(Optional.of(EngramVersion.current()), done.engramVersion());
        assertEquals(STEPS, laptop.store().catalogue().metrics().series("killed", 500).get("last").size());
    }

    @Test
    void pausedInTheMiddleItGoesOnToTheSameBytes() throws Exception {
        submitHeld("paused");
        laptop.control().pause("paused");
        laptop.await("paused", State.PAUSED);
        assertEquals(Optional.empty(), laptop.get("paused").worker());
        letGo("paused");
        laptop.control().resume("paused");
        laptop.await("paused", State.SUCCEEDED);
        assertEquals(undisturbed, laptop.result("paused"));
    }

    @Test
    void aDamagedResumePointCostsTheWayFromTheOneBefore() throws Exception {
        submitHeld("damaged");
        laptop.kill("damaged");
        laptop.await("damaged", State.LOST);
        List<ResumePoint> points = laptop.store().catalogue().resumePoints().list("damaged");
        laptop.backend().damage(points.getFirst().artifactId());
        letGo("damaged");
        laptop.control().resume("damaged");
        laptop.await("damaged", State.SUCCEEDED);
        List<String> log = laptop.log("damaged");
        assertTrue(log.stream().anyMatch(line -> line.startsWith("the resume point at " + points.getFirst().step() + " cannot be used: blobs/")), log::toString);
        assertTrue(log.contains("goes on from the resume point at " + points.get(1).step()), log::toString);
        assertEquals(undisturbed, laptop.result("damaged"));
    }

    @Test
    void runsThatMakeTheSameResumePointsAtOnceDoNotTakeThemFromEachOther() {
        laptop.submit("twin-a", CountingTask.spec(2 * STEPS, 5));
        laptop.submit("twin-b", CountingTask.spec(2 * STEPS, 5));
        laptop.await("twin-a", State.SUCCEEDED);
        laptop.await("twin-b", State.SUCCEEDED);
        assertEquals(laptop.result("twin-a"), laptop.result("twin-b"));
    }

    @Test
    void withNoResumePointThatCanBeReadItBeginsAnew() throws Exception {
        submitHeld("ruined");
        laptop.kill("ruined");
        laptop.await("ruined", State.LOST);
        for (ResumePoint point : laptop.store().catalogue().resumePoints().list("ruined")) {
            laptop.backend().damage(point.artifactId());
        }
        letGo("ruined");
        laptop.control().resume("ruined");
        laptop.await("ruined", State.SUCCEEDED);
        assertEquals(2, laptop.log("ruined").stream().filter("counts from 0"::equals).count());
        assertEquals(undisturbed, laptop.result("ruined"));
    }

    @Test
    void cancelledInTheMiddleItEnds() {
        laptop.submit("cancelled", CountingTask.spec(100_000, 20));
        laptop.awaitResumePoint("cancelled");
        ProcessHandle worker = laptop.worker("cancelled");
        laptop.control().cancel("cancelled");
        laptop.await("cancelled", State.CANCELLED);
        Laptop.awaitEnd(worker);
    }

    @Test
    void aDeafWorkerIsEnded() {
        laptop.submit("deaf", MishapTask.spec(Mishap.DEAF));
        laptop.await("deaf", State.RUNNING);
        ProcessHandle worker = laptop.worker("deaf");
        laptop.control().cancel("deaf");
        laptop.await("deaf", State.CANCELLED);
        Laptop.awaitEnd(worker);
    }

    @Test
    void aProcessThatLeavesWithoutAWordIsLostWithItsLastWords() {
        assertEnds(Mishap.HALT, State.LOST, Category.WORKER_LOST, "the worker exited with code 42; its last output: these are my last words");
    }

    @Test
    void aCrashInNativeCodeIsNamed() {
        assertEnds(Mishap.NATIVE_CRASH, State.LOST, Category.WORKER_LOST, "the worker crashed in native code: SIGSEGV");
    }

    @Test
    void memoryThatRunsOutIsNamed() {
        assertEnds(Mishap.OUT_OF_MEMORY, State.LOST, Category.RESOURCE_EXHAUSTED, "the worker ran out of memory: OutOfMemoryError: Java heap space (heap limit 128m");
        assertEnds(Mishap.NATIVE_MEMORY, State.FAILED, Category.RESOURCE_EXHAUSTED, "out of native memory: [enforce fail");
    }

    @Test
    void failuresHaveTheirCategory() {
        assertEnds(Mishap.DISK_FULL, State.FAILED, Category.RESOURCE_EXHAUSTED, "the disk is full: write to out.bin");
        RunRecord diverged = assertEnds(Mishap.DIVERGE, State.FAILED, Category.DIVERGED, "the loss is NaN at step 17");
        assertEquals(17, diverged.error().orElseThrow().getStep());
        assertEnds(Mishap.DEFECT_ON_A_POOL, State.FAILED, Category.INTERNAL, "IllegalStateException: a defect");
    }

    /** Returns when the run stays in the middle, with two resume points behind it. */
    private void submitHeld(String id) throws IOException {
        Files.createFile(CountingTask.hold(home, id));
        laptop.submit(id, CountingTask.spec(STEPS, 1));
        laptop.await(id, () -> Laptop.progress(laptop.get(id)).getDone() == CountingTask.HELD_AT, "did not count to the middle");
    }

    private static void letGo(String id) throws IOException {
        Files.delete(CountingTask.hold(home, id));
    }

    private RunRecord assertEnds(Mishap mishap, State state, Category category, String message) {
        String id = mishap.name().toLowerCase(Locale.ROOT).replace('_', '-');
        laptop.submit(id, MishapTask.spec(mishap));
        RunRecord run = laptop.await(id, state);
        assertEquals(category, run.error().orElseThrow().getCategory());
        String told = run.error().orElseThrow().getMessage();
        assertTrue(told.startsWith(message), told);
        assertEquals(told, laptop.log(id).getLast());
        return run;
    }
}
