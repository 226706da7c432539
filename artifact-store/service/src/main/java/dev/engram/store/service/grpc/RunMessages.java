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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of the catalogue as messages. */
final class RunMessages {

    private final ArtifactTable artifacts;

    RunMessages(ArtifactTable artifacts) {
        this.artifacts = artifacts;
    }

    /** Cost: two small queries, for what the run made and read. */
    Run of(RunRecord row) {
        return of(row, artifacts.madeBy(row.id()), artifacts.readBy(row.id()));
    }

    /** As above for many, with the same two queries for all of them. */
    List<Run> of(List<RunRecord> rows) {
        List<String> ids = rows.stream().map(RunRecord::id).toList();
        Map<String, List<ArtifactLink>> made = byRun(artifacts.madeBy(ids));
        Map<String, List<ArtifactLink>> read = byRun(artifacts.readBy(ids));
        return rows.stream().map(row -> of(row, made.getOrDefault(row.id(), List.of()), read.getOrDefault(row.id(), List.of()))).toList();
    }

    private static Map<String, List<ArtifactLink>> byRun(List<ArtifactLink> links) {
        return links.stream().collect(Collectors.groupingBy(ArtifactLink::runId));
    }

    private static Run of(RunRecord row, List<ArtifactLink> made, List<ArtifactLink> read) {
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
        made.forEach(link -> run.addArtifacts(artifact(link)));
        read.forEach(link -> run.addInputs(artifact(link)));
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
