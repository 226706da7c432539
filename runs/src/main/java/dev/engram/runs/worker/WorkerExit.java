package dev.engram.runs.worker;

/**
 * Exit codes of the worker program. Codes above 128 are the operating system's: 128 plus the signal that ended it.
 */
public final class WorkerExit {
    /** The run's outcome, whichever it is, stands in the catalogue. */
    public static final int DONE = 0;
    /** Out of memory: the JVM's own exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int OUT_OF_MEMORY = 3;
    /** The run was not queued at the attempt this worker was started for, or was given to another worker meanwhile. */
    public static final int NOT_MINE = 10;
    /** Store or catalogue stayed out of reach for longer than the worker waits, so the outcome could not be recorded. */
    public static final int UNREACHABLE = 11;
    /** The process that started it is gone. */
    public static final int ORPHANED = 12;
    /** Wrong arguments or settings; standard error says which. */
    public static final int MISCONFIGURED = 13;
    /** A defect of the worker program itself; standard error says which. */
    public static final int DEFECT = 14;

    private WorkerExit() {}
}
