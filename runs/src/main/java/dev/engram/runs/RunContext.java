package dev.engram.runs;

import dev.engram.store.ObjectStore;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What a {@link RunTask} sees of the world while it executes. All methods may be called from any thread. Those that reach the
 * store or the catalogue wait and retry while these are away, and fail the run as {@code UNAVAILABLE} after a configured time.
 */
public interface RunContext {

    /** The run's id, {@code [a-z0-9-]{1,63}}. */
    String runId();

    RunSpec spec();

    /** Threads the task may use for computing; at least 1. */
    int threads();

    /** What this process computes on. */
    default ComputeDevice device() {
        return ComputeDevice.CPU;
    }

    /** A directory of this run's own, empty at the start of each attempt and deleted after it. */
    Path scratch();

    /**
     * The pair of that name with what belongs to it.
     *
     * @param pair {@code pairs/x}
     * @throws RunFailure {@code INVALID_SPEC} if there is none
     */
    ResolvedPair pair(String pair);

    /**
     * The spec of the run that made a resource.
     *
     * @param resource {@code datasets/x}, {@code splits/x}, {@code encoders/x} or {@code runs/x}
     * @throws RunFailure {@code INVALID_SPEC} if there is none
     */
    RunSpec specOf(String resource);

    /**
     * The version of Engram that made a resource; empty for one of before versions were recorded.
     *
     * @param resource as for {@link #specOf}, which throws the same
     */
    Optional<String> versionOf(String resource);

    /**
     * A local directory with the files of a resource's artifact, every byte verified against its digest. Recorded as an input
     * of this run. The first call copies, later calls of the same resource return the same directory. Read-only by contract.
     *
     * @param resource {@code datasets/x}, {@code splits/x}, {@code encoders/x}, or {@code runs/x} for that run's {@code result}
     * @throws RunFailure {@code DATA_LOSS} naming the object that is missing or damaged
     */
    Path input(String resource);

    /**
     * The objects of a bucket on the S3 server that the store is on, for what people keep there; only to be read. To be closed by the caller.
     *
     * @throws RunFailure {@code INVALID_SPEC} if this run reaches no S3 server
     */
    default ObjectStore bucket(String name) {
        throw RunFailure.invalidSpec("s3://" + name + ": this run reaches no S3 server");
    }

    /**
     * Copies an object that a person named into this run's scratch directory. Nothing is known of its bytes.
     *
     * @param object {@code uploads/x} or {@code s3://bucket/key}
     * @param copied is told the bytes so far; may throw to stop
     * @return the copy, which is deleted with the attempt
     * @throws RunFailure {@code INVALID_SPEC} if there is no such object
     */
    Path download(String object, LongConsumer copied);

    /**
     * Says how far the work is. Cheap: what arrives between two heartbeats is replaced by the latest.
     *
     * @param stage what is being done, for a person: {@code training}
     * @param done units done, at least 0; may start again from 0 when the stage changes
     * @param total units in all; 0 means unknown
     * @param unit what is counted: {@code step}, {@code image}
     * @param metrics current figures by name, e.g. {@code loss}
     */
    void progress(String stage, long done, long total, String unit, Map<String, Double> metrics);

    /**
     * Adds a point to a series shown on the run's page. Steps of a series are kept strictly increasing: a point at a step that was
     * already recorded (after a resume) is dropped. Cheap: written with the heartbeat.
     */
    void metric(long step, String name, double value);

    /** Adds a line to the run's log. */
    void log(LogEntry.Severity severity, String message);

    /** Whether cancel or pause was asked for: a task that can, saves a resume point and then calls {@link #checkStop()}. Cheap. */
    boolean stopRequested();

    /**
     * Ends the task here if cancel or pause was asked for. To be called at points where nothing is half done, at least every few
     * seconds. Cheap.
     */
    void checkStop() throws RunStopped;

    /** The last resume point of an earlier attempt, verified and copied to a local directory; empty at a first start. */
    Optional<ResumePoint> resumePoint();

    /**
     * Saves what is needed to go on from here after any kind of end. Durable when it returns; earlier ones are deleted.
     *
     * @param step position in the work, greater than that of the resume point before
     * @param files content by file name ({@code [A-Za-z0-9._-]+})
     */
    void saveResumePoint(long step, Map<String, Path> files);

    /**
     * Publishes a final artifact of this run. Publishing the same bytes again is harmless.
     *
     * @param role {@code dataset}, {@code split}, {@code checkpoint} or {@code result}; one artifact each
     * @param kind the artifact's kind, e.g. {@code layer-mem}
     * @param files content by file name ({@code [A-Za-z0-9._-]+}); the media type follows from the extension
     */
    void publish(String role, String kind, Map<String, Path> files);
}
