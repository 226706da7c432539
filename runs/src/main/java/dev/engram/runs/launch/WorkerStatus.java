package dev.engram.runs.launch;

/** What a launcher knows of a worker. */
public sealed interface WorkerStatus {

    /** Starting or working. */
    record Alive() implements WorkerStatus {}

    /**
     * Has ended.
     *
     * @param worker as it calls itself in the catalogue: host:pid
     * @param end how
     */
    record Ended(String worker, WorkerEnd end) implements WorkerStatus {}

    /** No worker of that name was started here. */
    record Unknown() implements WorkerStatus {}
}
