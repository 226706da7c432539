package dev.engram.runs;

import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.RunSpec;
import java.util.List;

/**
 * One kind of work a run can be. Implementations are found by {@link java.util.ServiceLoader} (file
 * {@code META-INF/services/dev.engram.runs.RunTask}), need a public constructor without arguments, and hold no state:
 * services ask them for {@link #validate} and {@link #uses}, the worker process calls {@link #execute}.
 */
public interface RunTask {

    /** The one field of {@link RunSpec} this task executes. */
    RunSpec.TaskCase kind();

    /**
     * Reports everything that is wrong with a spec by itself, without looking at what it refers to. Called on every
     * submission and again in the worker; must be fast and must not throw.
     *
     * @param spec whose {@link RunSpec#getTaskCase()} is {@link #kind()}
     * @param violations receives each problem with the field's path from the request, e.g. {@code spec.recipe.epochs}
     */
    void validate(RunSpec spec, FieldViolations violations);

    /**
     * Names of the resources the task reads: {@code datasets/x}, {@code splits/x}, {@code encoders/x}, {@code runs/x}. A spec that names a
     * pair returns {@code pairs/x}, which stands for the pair's two encoders, their split and its data set. The run waits
     * until the runs that make them have succeeded.
     *
     * @param spec any of this kind, also one that {@link #validate} complains about: what is no name is left to that
     */
    List<String> uses(RunSpec spec);

    /**
     * Runs that are made together with one of this spec, for it alone, and that it waits for; {@link RunParts} names them. Parts have no parts.
     *
     * @param spec as for {@link #uses}
     */
    default List<RunSpec> parts(RunSpec spec) {
        return List.of();
    }

    /**
     * Does the work; returns when the results are {@linkplain RunContext#publish published}. Called in a worker process
     * of its own, on its main thread. What it publishes must depend on the spec and its inputs alone, also when it goes on
     * from a resume point.
     *
     * @throws RunStopped as thrown by {@link RunContext#checkStop()}; let it pass
     * @throws RunFailure when the work cannot be done, with its category
     * @throws Exception anything else fails the run as {@code INTERNAL}, except what the store, the disk and the memory
     *     throw, which the worker maps itself (data loss, unavailable, resource exhausted)
     */
    void execute(RunContext run) throws Exception;
}
