package dev.engram.runs.launch;

/** No worker process could be started. */
public final class LaunchException extends Exception {
    public LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
