package dev.engram.store.catalogue;

import static dev.engram.store.catalogue.CatalogueContract.LOST;
import static dev.engram.store.catalogue.CatalogueContract.SPEC;
import static dev.engram.store.catalogue.CatalogueContract.manifest;
import static dev.engram.store.catalogue.CatalogueContract.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.store.ConflictException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.artifact.Manifest;
import dev.engram.v1.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run goes to one worker at a time, and what that does counts as long as it holds the run. One idea of {@link CatalogueContract}. */
interface ClaimContract extends OnCatalogue {

    @Test
    default void aRunIsClaimedWhenItsDependenciesHaveSucceededOldestFirst() {
        catalogue().runs().create(run("first"));
        clock().set(now().plusSeconds(1));
        catalogue().runs().create(new NewRun("needs-first", Optional.empty(), "probe", SPEC, List.of("first")));
        clock().set(now().plusSeconds(1));
        catalogue().runs().create(run("second"));

        var first = claim("w1").orElseThrow();
        assertEquals("first", first.id());
        assertEquals(Run.State.RUNNING, first.state());
        assertEquals(1, first.attempt());
        assertEquals(Optional.of("w1"), first.worker());
        assertEquals(Optional.of(now()), first.startedAt());
        assertEquals("second", claim("w2").orElseThrow().id());
        assertEquals(Optional.empty(), claim("w3"));

        catalogue().runs().release(first.claim(), StateChange.to(Run.State.SUCCEEDED)).orElseThrow();
        assertEquals(Optional.empty(), catalogue().runs().claimNext(Set.of("layer_mem"), "w3"));
        assertEquals("needs-first", claim("w3").orElseThrow().id());
    }

    @Test
    default void aRunKeepsWhatItsLastAttemptComputedOn() {
        catalogue().runs().create(run("a"));
        assertEquals(Optional.empty(), catalogue().runs().get("a").device());
        RunRecord first = catalogue().runs().claim("a", 1, "w1", "cuda:0 (NVIDIA H200)").orElseThrow();
        assertEquals(Optional.of("cuda:0 (NVIDIA H200)"), first.device());
        catalogue().runs().release(first.claim(), StateChange.to(Run.State.PAUSED)).orElseThrow();
        assertEquals(Optional.of("cuda:0 (NVIDIA H200)"), catalogue().runs().get("a").device(), "also when no worker has it");
        catalogue().runs().transition("a", Set.of(Run.State.PAUSED), StateChange.to(Run.State.QUEUED)).orElseThrow();
        assertEquals(Optional.of("cpu"), catalogue().runs().claim("a", 2, "w2", "cpu").orElseThrow().device());
    }

    @Test
    default void aRunAndItsResumePointsKeepTheVersionOfTheirAttempt() {
        catalogue().runs().create(run("a"));
        RunRecord first = catalogue().runs().claim("a", 1, "w1", "cpu", "1.0").orElseThrow();
        assertEquals(Optional.of("1.0"), first.engramVersion());
        Manifest state = manifest("resume-point", "of the first");
        catalogue().artifacts().register(state);
        String artifact = state.id();
        catalogue().resumePoints().add(first.claim(), 5, artifact);
        catalogue().runs().release(first.claim(), StateChange.to(Run.State.PAUSED)).orElseThrow();
        catalogue().runs().transition("a", Set.of(Run.State.PAUSED), StateChange.to(Run.State.QUEUED)).orElseThrow();
        RunRecord second = catalogue().runs().claim("a", 2, "w2", "cpu", "1.1").orElseThrow();
        assertEquals(Optional.of("1.1"), second.engramVersion());
        catalogue().resumePoints().add(second.claim(), 9, artifact);
        assertEquals(List.of(new ResumePoint("a", 9, artifact, Optional.of("1.1")), new ResumePoint("a", 5, artifact, Optional.of("1.0"))),
                catalogue().resumePoints().list("a"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue().resumePoints().add(second.claim(), 10, "0".repeat(64)));
    }

    /** Given up as lost, it may wake in the middle of publishing, with bits that another device has rounded otherwise. */
    @Test
    default void whatAWorkerMakesAfterItsClaimHasEndedDoesNotCount() {
        var one = manifest("checkpoint", "of the first");
        var other = manifest("checkpoint", "of the second");
        catalogue().artifacts().register(one);
        catalogue().artifacts().register(other);
        catalogue().runs().create(run("a"));
        Claim first = catalogue().runs().claim("a", 1, "w1", "cpu").orElseThrow().claim();
        assertEquals(Optional.empty(), catalogue().artifacts().link(first, "checkpoint", one.id()));
        assertEquals(Optional.empty(), catalogue().artifacts().link(first, "checkpoint", one.id()), "repeating it is no error");
        catalogue().runs().release(first, StateChange.to(Run.State.LOST)).orElseThrow();
        catalogue().runs().transition("a", Set.of(Run.State.LOST), StateChange.to(Run.State.QUEUED)).orElseThrow();
        Claim second = catalogue().runs().claim("a", 2, "w2", "cuda:0").orElseThrow().claim();
        assertEquals(Optional.of(one.id()), catalogue().artifacts().link(second, "checkpoint", other.id()));

        assertThrows(ConflictException.class, () -> catalogue().artifacts().link(first, "checkpoint", one.id()));
        assertThrows(ConflictException.class, () -> catalogue().resumePoints().add(first, 9, one.id()));
        assertEquals(Optional.of(other.id()), catalogue().artifacts().madeBy("a", "checkpoint"));
        assertEquals(List.of(), catalogue().resumePoints().list("a"));
        assertThrows(ObjectNotFoundException.class, () -> catalogue().artifacts().link(second, "checkpoint", "0".repeat(64)));
    }

    /** Paused in the queue, it is nobody's until it is resumed. */
    @Test
    default void aPausedRunIsNotClaimed() {
        catalogue().runs().create(run("a"));
        catalogue().runs().transition("a", Set.of(Run.State.QUEUED), StateChange.to(Run.State.PAUSED)).orElseThrow();
        assertEquals(Optional.empty(), catalogue().runs().claim("a", 1, "w", "cpu"));
        assertEquals(List.of(), catalogue().runs().ready(Set.of("layer_mem", "probe")));
        catalogue().runs().transition("a", Set.of(Run.State.PAUSED), StateChange.to(Run.State.QUEUED)).orElseThrow();
        assertEquals(1, catalogue().runs().claim("a", 1, "w", "cpu").orElseThrow().attempt());
    }

    @Test
    default void everyRunGoesToExactlyOneClaimant() throws Exception {
        for (int i = 0; i < 40; i++) {
            catalogue().runs().create(run("r" + i));
        }
        var claimed = new ArrayList<String>();
        var claimants = IntStream.range(0, 8).<Callable<List<String>>>mapToObj(i -> () -> {
            var mine = new ArrayList<String>();
            for (var run = claim("w" + i); run.isPresent(); run = claim("w" + i)) {
                mine.add(run.get().id());
            }
            return mine;
        }).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var result : threads.invokeAll(claimants)) {
                claimed.addAll(result.get());
            }
        }
        assertEquals(40, claimed.size());
        assertEquals(40, Set.copyOf(claimed).size());
    }

    @Test
    default void aWorkersClaimEndsWithItsRun() {
        catalogue().runs().create(run("r"));
        var old = claim("w1").orElseThrow().claim();
        assertEquals(Heartbeat.CONTINUE, catalogue().runs().heartbeat(old, Optional.of("{\"done\":\"1\"}")));
        assertEquals(Optional.of("{\"done\":\"1\"}"), catalogue().runs().get("r").progress());

        var lost = catalogue().runs().transition("r", Set.of(Run.State.RUNNING), StateChange.to(Run.State.LOST, LOST)).orElseThrow();
        assertEquals(Optional.of(LOST), lost.error());
        assertEquals(Optional.empty(), lost.worker());
        catalogue().runs().transition("r", Set.of(Run.State.LOST), StateChange.to(Run.State.QUEUED)).orElseThrow();
        var taken = claim("w1").orElseThrow();
        assertEquals(2, taken.attempt());
        assertEquals(Optional.empty(), taken.error());

        assertEquals(Heartbeat.STOP, catalogue().runs().heartbeat(old, Optional.of("late")));
        assertEquals(Optional.empty(), catalogue().runs().release(old, StateChange.to(Run.State.SUCCEEDED)));
        assertEquals(Run.State.RUNNING, catalogue().runs().get("r").state());
        assertEquals(Optional.of("{\"done\":\"1\"}"), catalogue().runs().get("r").progress());
    }

    @Test
    default void whatIsAskedForReachesTheWorkerAtItsHeartbeat() {
        catalogue().runs().create(run("r"));
        assertEquals(Optional.empty(), catalogue().runs().request("r", Set.of(Run.State.RUNNING), Run.State.PAUSED));
        var claim = claim("w").orElseThrow().claim();

        catalogue().runs().request("r", Set.of(Run.State.RUNNING), Run.State.PAUSED).orElseThrow();
        assertEquals(Heartbeat.PAUSE, catalogue().runs().heartbeat(claim, Optional.empty()));
        catalogue().runs().request("r", Set.of(Run.State.RUNNING), Run.State.CANCELLED).orElseThrow();
        catalogue().runs().request("r", Set.of(Run.State.RUNNING), Run.State.PAUSED).orElseThrow();
        assertEquals(Heartbeat.CANCEL, catalogue().runs().heartbeat(claim, Optional.empty()));

        clock().set(now().plusSeconds(5));
        var ended = catalogue().runs().release(claim, StateChange.to(Run.State.CANCELLED)).orElseThrow();
        assertEquals(Optional.empty(), ended.requested());
        assertEquals(Optional.of(now()), ended.endedAt());
    }
}
