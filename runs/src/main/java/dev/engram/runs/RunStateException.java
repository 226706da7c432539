package dev.engram.runs;

/** What was asked of a run does not fit the state it is in. The message says both. */
public final class RunStateException extends RuntimeException {
    public RunStateException(String message) {
        super(message);
    }
}
