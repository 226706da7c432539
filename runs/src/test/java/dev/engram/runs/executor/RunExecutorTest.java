package dev.engram.runs.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.RunFailure;
import dev.engram.runs.launch.WorkerEnd;
import dev.engram.store.catalogue.ExecutorRecord;
import dev.engram.store.catalogue.StateChange;
import dev.engram.v1.Run.State;
import dev.engram.v1.RunError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunExecutorTest {
    private final ExecutorFixture world = new ExecutorFixture(1);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void runsStartInOrderAsSlotsAllow() {
        world.queue("a");
        world.queue("b");
        world.queue("c");
        world.tick();
        world.tick();
        assertEquals(List.of("a-1"), world.launcher.launches());
        world.claim("a", 1);
        world.finish("a", State.SUCCEEDED);
        world.tick();
        assertEquals(List.of("a-1", "b-1"), world.launcher.launches());

        world.restart(2);
        world.tick();
        assertEquals(List.of("a-1", "b-1", "c-1"), world.launcher.launches(), "b-1 exists already: launching it twice is harmless");
    }

    @Test
    void theCatalogueKnowsWhoExecutesRunsAndHowBusy() {
        world.restart(2);
        world.tick();
        ExecutorRecord idle = world.catalogue.executors().within(Duration.ofMinutes(1)).getFirst();
        assertEquals(List.of("work"), idle.kinds());
        assertEquals(List.of(2, 0), List.of(idle.slots(), idle.busySlots()));
        world.queue("a");
        world.tick();
        world.tick();
        assertEquals(1, world.catalogue.executors().within(Duration.ofMinutes(1)).getFirst().busySlots(), "said at once, not after five seconds");
        world.executor.close();
        assertEquals(List.of(), world.catalogue.executors().within(Duration.ofMinutes(1)));
    }

    @Test
    void theExecutorOutlivesAnError() {
        world.queue("a");
        world.launcher.failOnce(new OutOfMemoryError("unable to create native thread"));
        world.tick();
        assertEquals(List.of(), world.launcher.launches());
        world.tick();
        assertEquals(List.of("a-1"), world.launcher.launches());
    }

    @Test
    void aRunWaitsForItsDependenciesToSucceed() {
        world.queue("data");
        world.queue("split", "data");
        world.queue("pair", "data", "split");
        world.restart(3);
        world.tick();
        assertEquals(List.of("data-1"), world.launcher.launches());
        world.claim("data", 1);
        world.finish("data", State.SUCCEEDED);
        world.tick();
        assertEquals(List.of("data-1", "split-1"), world.launcher.launches());
        world.claim("split", 1);
        world.finish("split", State.SUCCEEDED);
        world.tick();
        assertEquals(List.of("data-1", "split-1", "pair-1"), world.launcher.launches());
    }

    @Test
    void whatDependsOnAFailedOrCancelledRunFailsNamingIt() {
        world.queue("data");
        world.queue("split", "data");
        world.queue("pair", "split");
        world.tick();
        world.claim("data", 1);
        world.fail("data", RunFailure.dataLoss("images.gz is cut short"));
        world.tick();
        world.tick();
        assertEquals("runs/data, which this run depends on, is FAILED: images.gz is cut short", world.message("split"));
        assertEquals(RunError.Category.DEPENDENCY_FAILED, world.get("split").error().orElseThrow().getCategory());
        assertTrue(world.message("pair").startsWith("runs/split, which this run depends on, is FAILED"), world.message("pair"));

        world.queue("other");
        world.queue("after", "other");
        world.control.cancel("other");
        world.tick();
        assertEquals("runs/other, which this run depends on, is CANCELLED", world.message("after"));
    }

    @Test
    void aDependencyThatWillBeTriedAgainIsWaitedFor() {
        world.queue("data");
        world.queue("split", "data");
        world.tick();
        world.claim("data", 1);
        world.fail("data", RunFailure.unavailable("store away", null));
        world.tick();
        assertEquals(State.QUEUED, world.state("split"));
        world.tickAfter(Duration.ofSeconds(21));
        world.claim("data", 2);
        world.fail("data", RunFailure.unavailable("store away", null));
        world.tick();
        world.tick();
        assertEquals(State.FAILED, world.state("split"));
    }

    @Test
    void aWorkerThatDiesLeavesItsRunLostWithTheReason() {
        world.run("a");
        world.die("a", WorkerEnd.Cause.DIED, "the worker was killed by signal 9 (SIGKILL)");
        world.tick();
        assertEquals(State.LOST, world.state("a"));
        assertEquals("the worker was killed by signal 9 (SIGKILL)", world.message("a"));
        assertEquals(RunError.Category.WORKER_LOST, world.get("a").error().orElseThrow().getCategory());
        assertTrue(world.get("a").error().orElseThrow().getRetryable());
        assertTrue(world.catalogue.log().read("a", 0, 10).getLast().message().contains("SIGKILL"));
    }

    @Test
    void aLostRunIsTriedAgainAfterAWaitAndABoundedNumberOfTimes() {
        world.run("a");
        world.die("a", WorkerEnd.Cause.DIED, "crash");
        world.tick();
        world.tickAfter(Duration.ofSeconds(19));
        assertEquals(State.LOST, world.state("a"));
        world.tickAfter(Duration.ofSeconds(2));
        assertEquals(List.of("a-1", "a-2"), world.launcher.launches());
        world.claim("a", 2);
        world.die("a", WorkerEnd.Cause.DIED, "crash");
        world.tick();
        world.tickAfter(Duration.ofHours(1));
        assertEquals(State.LOST, world.state("a"));

        world.control.resume("a");
        world.tick();
        assertEquals(List.of("a-1", "a-2", "a-3"), world.launcher.launches());
    }

    @Test
    void memoryThatRanOutIsNotTriedAgainByItself() {
        world.run("a");
        world.die("a", WorkerEnd.Cause.OUT_OF_MEMORY, "the worker ran out of memory");
        world.tick();
        assertEquals(State.LOST, world.state("a"));
        assertEquals(RunError.Category.RESOURCE_EXHAUSTED, world.get("a").error().orElseThrow().getCategory());
        world.tickAfter(Duration.ofHours(1));
        assertEquals(State.LOST, world.state("a"));
    }

    @Test
    void aSilentWorkerIsLostAfterThreeHeartbeatsAndEnded() {
        world.run("a");
        for (int i = 0; i < 10; i++) {
            world.clock.advance(ExecutorFixture.HEARTBEAT);
            world.beat("a");
            world.tick();
        }
        assertEquals(State.RUNNING, world.state("a"));
        tickFor(Duration.ofMillis(5_900));
        assertEquals(State.RUNNING, world.state("a"));
        world.tickAfter(Duration.ofMillis(200));
        assertEquals(State.LOST, world.state("a"));
        assertTrue(world.message("a").contains("silent for three heartbeats (6.0 s)"), world.message("a"));
        assertEquals(Set.of("a-1"), world.launcher.killed());
    }

    /** A machine that is out of memory, or a virtual one that was halted: workers could not beat, and nobody looked. */
    @Test
    void whileNobodyLookedNoWorkerFellSilent() {
        world.run("a");
        world.beat("a");
        world.tick();
        world.tickAfter(Duration.ofMinutes(10));
        assertEquals(State.RUNNING, world.state("a"));
        tickFor(Duration.ofMillis(3_900));
        assertEquals(State.RUNNING, world.state("a"), "it has the rest of the time to beat");
        world.tickAfter(Duration.ofMillis(200));
        assertEquals(State.LOST, world.state("a"), "and no more");
    }

    private void tickFor(Duration time) {
        Duration step = Duration.ofMillis(100);
        for (Duration left = time; left.isPositive(); left = left.minus(step)) {
            world.tickAfter(step);
        }
    }

    @Test
    void anOutcomeRecordedBeforeTheWorkerLeftStands() {
        world.run("a");
        world.finish("a", State.SUCCEEDED);
        world.tick();
        assertEquals(State.SUCCEEDED, world.state("a"));
    }

    @Test
    void workersThatCannotStartAreTriedThriceAndThenFail() {
        world.launcher.refuse("no such java");
        world.queue("a");
        world.tick();
        world.tick();
        assertEquals(State.QUEUED, world.state("a"));
        world.tickAfter(Duration.ofSeconds(3));
        world.tickAfter(Duration.ofSeconds(3));
        assertEquals(State.FAILED, world.state("a"));
        assertEquals("no worker could be started, 3 times: no such java", world.message("a"));

        world.launcher.refuse(null);
        world.control.resume("a");
        world.tick();
        assertEquals(List.of("a-1"), world.launcher.launches());
    }

    @Test
    void aWorkerThatEndsBeforeItTookTheRunIsStartedAgain() {
        world.queue("a");
        world.tick();
        world.die("a", WorkerEnd.Cause.DIED, "class path");
        world.tick();
        assertEquals(List.of("a-1"), world.launcher.launches());
        world.tickAfter(Duration.ofSeconds(3));
        assertEquals(List.of("a-1", "a-1"), world.launcher.launches());
        world.claim("a", 1);
        world.finish("a", State.SUCCEEDED);
        world.tick();
        assertEquals(State.SUCCEEDED, world.state("a"));
    }

    /** However often: it is not the worker that is wrong. */
    @Test
    void aRunThatIsPausedAndResumedWhileItsWorkerStartsIsStartedAgain() {
        world.queue("a");
        for (int i = 0; i < 4; i++) {
            world.tick();
            world.control.pause("a");
            world.die("a", WorkerEnd.Cause.NOT_MINE, "the run was not this worker's");
            world.control.resume("a");
        }
        world.tick();
        assertEquals(List.of("a-1", "a-1", "a-1", "a-1", "a-1"), world.launcher.launches());
        assertEquals(State.QUEUED, world.state("a"));
    }

    /** It was to try again, and is gone: within a minute another does in its place. */
    @Test
    void aRunThatAnotherProcessLostAndLeftIsTriedAgain() {
        world.tick();
        world.queue("a");
        world.claim("a", 1);
        RunError lost = RunError.newBuilder().setCategory(RunError.Category.WORKER_LOST).setMessage("silent").setRetryable(true).build();
        world.catalogue.runs().transition("a", Set.of(State.RUNNING), StateChange.to(State.LOST, lost));
        world.tickAfter(Duration.ofSeconds(50));
        assertEquals(State.LOST, world.state("a"));
        world.tickAfter(Duration.ofSeconds(11));
        world.tickAfter(ExecutorFixture.RETRY.first());
        assertEquals(List.of("a-2"), world.launcher.launches());
    }

    @Test
    void stoppingTheServiceQueuesItsRunsAgain() {
        world.run("a");
        world.executor.close();
        assertEquals(State.QUEUED, world.state("a"));
        assertEquals(Set.of("a-1"), world.launcher.killed());
    }

    @Test
    void aRunLeftBehindByACrashedServiceIsQueuedAtOnce() {
        world.run("a");
        world.launcher.forget("a-1");
        world.restart(1);
        world.tick();
        tickFor(Duration.ofSeconds(5));
        assertEquals(State.RUNNING, world.state("a"));
        tickFor(Duration.ofSeconds(2));
        assertEquals(List.of("a-1", "a-2"), world.launcher.launches());
    }

    @Test
    void waitsBegunByAnEarlierServiceAreTakenUp() {
        world.run("a");
        world.die("a", WorkerEnd.Cause.DIED, "crash");
        world.tick();
        world.restart(1);
        world.tick();
        world.tickAfter(Duration.ofSeconds(21));
        assertEquals(List.of("a-1", "a-2"), world.launcher.launches());
    }

    @Test
    void whatWorkersOfADeletedRunLeftIsRemovedWithinAMinute() {
        world.run("kept");
        world.launcher.left().add("deleted");
        world.tickAfter(Duration.ofSeconds(59));
        assertEquals(Set.of("kept", "deleted"), world.launcher.left());
        world.tickAfter(Duration.ofSeconds(1));
        assertEquals(Set.of("kept"), world.launcher.left());
    }
}
