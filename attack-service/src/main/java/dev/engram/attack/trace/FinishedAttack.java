package dev.engram.attack.trace;

import dev.engram.attack.run.ProbeTable;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.Store;
import dev.engram.store.artifact.Artifact;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.Run;
import dev.engram.v1.RunSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A déjà vu that has succeeded.
 *
 * @param name {@code runs/x}
 * @param artifact its result
 */
record FinishedAttack(String name, DejaVuSpec spec, Artifact artifact) {

    /**
     * The attack that a field of a request names; empty if it names none, which is reported.
     *
     * @throws ObjectNotFoundException if there is no such run
     * @throws RunStateException until it has succeeded
     */
    static Optional<FinishedAttack> find(Store store, String name, String field, FieldViolations violations) {
        RunRecord run = store.catalogue().runs().find(ResourceName.idOf("runs", name)).orElseThrow(() -> new ObjectNotFoundException(name));
        RunSpec spec = RunSpecs.parse(run.spec());
        if (!spec.hasDejaVu()) {
            violations.add(field, "must be a run of deja_vu, %s is one of %s".formatted(name, run.kind()));
            return Optional.empty();
        }
        if (run.state() != Run.State.SUCCEEDED) {
            throw new RunStateException("%s has no result: it is %s".formatted(name, run.state()));
        }
        String artifact =
                store.catalogue().artifacts().madeBy(run.id(), "result").orElseThrow(() -> new ObjectNotFoundException("the result of " + name));
        return Optional.of(new FinishedAttack(name, spec.getDejaVu(), store.artifacts().open(artifact)));
    }

    /** Whether it says what the linear probes named each image. */
    boolean hasProbes() {
        return artifact.manifest().files().stream().anyMatch(file -> file.name().equals(ProbeTable.FILE_NAME));
    }

    AttackVerdicts verdicts() {
        try {
            return AttackVerdicts.read(artifact.file(AttackVerdicts.FILE_NAME));
        } catch (IllegalArgumentException e) {
            throw DataLossException.unreadable("artifacts/%s/%s".formatted(artifact.id(), AttackVerdicts.FILE_NAME), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
