package dev.engram.store.service.grpc;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.engram.runs.RunSpecs;
import dev.engram.store.catalogue.ArtifactLink;
import dev.engram.store.catalogue.ArtifactTable;
import dev.engram.store.catalogue.ExecutorRecord;
import dev.engram.store.catalogue.LogLine;
import dev.engram.store.catalogue.RunRecord;
import dev.engram.v1.Executor;
import dev.engram.v1.LogEntry;
import dev.engram.v1.Run;
import dev.engram.v1.RunArtifact;
import dev.engram.v1.RunProgress;
import java.time.Instant;

/** Rows of the catalogue as messages. */
final class RunMessages {

    private final ArtifactTable artifacts;

    RunMessages(ArtifactTable artifacts) {
        this.artifacts = artifacts;
    }

    /** Cost: two small queries, for what the run made and read. */
    Run of(RunRecord row) {
        var run = Run.newBuilder()
                .setName("runs/" + row.id())
                .setSpec(RunSpecs.parse(row.spec()))
                .setState(row.state())
                .setAttempt(row.attempt())
                .setVersion(row.version())
                .setCreateTime(timestamp(row.createdAt()))
                .setUpdateTime(timestamp(row.updatedAt()));
        row.error().ifPresent(run::setError);
        row.progress().ifPresent(json -> run.setProgress(RunSpecs.parse(json, RunProgress.newBuilder())));
        row.dependencies().forEach(id -> run.addDependencies("runs/" + id));
        row.startedAt().ifPresent(at -> run.setStartTime(timestamp(at)));
        row.endedAt().ifPresent(at -> run.setEndTime(timestamp(at)));
        row.requested().ifPresent(run::setRequestedState);
        row.worker().ifPresent(run::setWorker);
        row.device().ifPresent(run::setDevice);
        row.engramVersion().ifPresent(run::setEngramVersion);
        artifacts.madeBy(row.id()).forEach(link -> run.addArtifacts(artifact(link)));
        artifacts.readBy(row.id()).forEach(link -> run.addInputs(artifact(link)));
        return run.build();
    }

    static Executor of(ExecutorRecord row) {
        return Executor.newBuilder()
                .setName(row.name())
                .addAllKinds(row.kinds())
                .addAllDevices(row.devices())
                .setSlots(row.slots())
                .setBusySlots(row.busySlots())
                .setSeenTime(timestamp(row.seenAt()))
                .build();
    }

    static LogEntry of(LogLine line) {
        return LogEntry.newBuilder()
                .setSequence(line.sequence())
                .setTime(timestamp(line.at()))
                .setSeverity(line.severity())
                .setMessage(line.message())
                .build();
    }

    static Timestamp timestamp(Instant at) {
        return Timestamps.fromNanos(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
    }

    private static RunArtifact artifact(ArtifactLink link) {
        return RunArtifact.newBuilder().setRole(link.role()).setArtifact("artifacts/" + link.artifactId()).build();
    }
}
