package dev.engram.runs.launch;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Starts worker processes and says what became of them. Called by the executor's one thread, so every method returns soon
 * (well under a second); what takes longer happens behind it.
 */
public interface Launcher extends AutoCloseable {

    /**
     * Starts a worker for an attempt unless one of its {@linkplain WorkerOrder#workerName() name} was started before: launching twice
     * is harmless. And a worker takes a run only if it is queued at that attempt, so that even two workers do the work once.
     *
     * @throws LaunchException if no worker can be started
     */
    void launch(WorkerOrder order) throws LaunchException;

    /** What its workers compute on, for people: {@code cpu}, {@code cuda:0 (NVIDIA H200)}; empty if it does not know. */
    default List<String> devices() {
        return List.of();
    }

    /** What is known of a worker now. */
    WorkerStatus poll(String workerName);

    /** Ends a worker at once, without asking it; harmless if it has ended. {@link #poll} tells when it has. */
    void kill(String workerName);

    /** Forgets a worker that has ended, so that its name may be launched again. */
    void forget(String workerName);

    /**
     * Removes what workers of deleted runs left on this machine.
     *
     * @param existing tells which of these ids are runs
     */
    void tidy(Function<Collection<String>, Set<String>> existing);

    /** Ends all workers that cannot outlive this process. */
    @Override
    void close();
}
