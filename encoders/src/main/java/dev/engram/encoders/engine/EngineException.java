package dev.engram.encoders.engine;

/** The engine could not start, or refused what it was asked. */
public class EngineException extends RuntimeException {
    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
