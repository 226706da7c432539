package dev.engram.runs.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.runs.launch.WorkerEnd;
import dev.engram.v1.Run.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that are to pause or be cancelled, and workers that obey, are slow, or do not. */
class StopRequestsTest {
    private final ExecutorFixture world = new ExecutorFixture(1);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void cancelWhileQueuedLaunchedAndRunning() {
        world.queue("queued");
        world.control.cancel("queued");
        world.tick();
        assertEquals(List.of(), world.launcher.launches());

        world.queue("launched");
        world.tick();
        world.control.cancel("launched");
        assertEquals(Optional.empty(), world.catalogue.runs().claim("launched", 1, "late", "cpu"));
        world.die("launched", WorkerEnd.Cause.NOT_MINE, "not mine");
        world.tick();
        assertEquals(State.CANCELLED, world.state("launched"));

        world.run("obeys");
        world.control.cancel("obeys");
        world.finish("obeys", State.CANCELLED);
        world.tick();
        assertEquals(State.CANCELLED, world.state("obeys"));
    }

    /** Nothing is kept of what is cancelled, so little is waited for. */
    @Test
    void aWorkerThatDoesNotObeyIsEnded() {
        world.run("deaf");
        world.control.cancel("deaf");
        world.tick();
        keepBeating("deaf", Duration.ofSeconds(9));
        assertEquals(State.RUNNING, world.state("deaf"));
        keepBeating("deaf", Duration.ofSeconds(2));
        assertEquals(State.CANCELLED, world.state("deaf"));
        assertEquals(Set.of("deaf-1"), world.launcher.killed());

        world.tick();
        world.run("deaf-to-pause");
        world.control.pause("deaf-to-pause");
        world.tick();
        keepBeating("deaf-to-pause", Duration.ofSeconds(29));
        assertEquals(State.RUNNING, world.state("deaf-to-pause"));
        keepBeating("deaf-to-pause", Duration.ofSeconds(2));
        assertEquals(State.PAUSED, world.state("deaf-to-pause"));
    }

    /** One step in 20 s: to end the worker after 30 s could lose what the pause is to keep. Whoever then loses patience can still cancel. */
    @Test
    void aPauseWaitsForSlowStepsAndACancelDoesNot() {
        pauseWithStepsOf20Seconds("slow");
        keepBeating("slow", Duration.ofSeconds(79));
        assertEquals(State.RUNNING, world.state("slow"));
        world.control.cancel("slow");
        world.tick();
        keepBeating("slow", Duration.ofSeconds(9));
        assertEquals(State.RUNNING, world.state("slow"));
        keepBeating("slow", Duration.ofSeconds(2));
        assertEquals(State.CANCELLED, world.state("slow"));

        world.tick();
        pauseWithStepsOf20Seconds("slower");
        keepBeating("slower", Duration.ofSeconds(81));
        assertEquals(State.PAUSED, world.state("slower"));
    }

    @Test
    void aWorkerThatDiesWhileItIsToStopIsStopped() {
        world.run("a");
        world.control.pause("a");
        world.die("a", WorkerEnd.Cause.DIED, "killed");
        world.tick();
        assertEquals(State.PAUSED, world.state("a"));
    }

    @Test
    void aPausedRunMakesRoomAndGoesOnWhenResumed() {
        world.run("a");
        world.queue("b");
        world.control.pause("a");
        world.finish("a", State.PAUSED);
        world.tick();
        assertEquals(List.of("a-1", "b-1"), world.launcher.launches());
        world.control.resume("a");
        world.tick();
        assertEquals(List.of("a-1", "b-1"), world.launcher.launches());
        world.claim("b", 1);
        world.finish("b", State.SUCCEEDED);
        world.tick();
        assertEquals(List.of("a-1", "b-1", "a-2"), world.launcher.launches());
    }

    private void keepBeating(String id, Duration duration) {
        for (long s = 0; s < duration.toSeconds(); s++) {
            if (world.state(id) == State.RUNNING) {
                world.beat(id);
            }
            world.tickAfter(Duration.ofSeconds(1));
        }
    }

    private void pauseWithStepsOf20Seconds(String id) {
        world.run(id);
        world.catalogue.runs().heartbeat(world.get(id).claim(), Optional.of("{\"unit\":\"step\",\"rate\":0.05}"));
        world.control.pause(id);
        world.tick();
    }
}
