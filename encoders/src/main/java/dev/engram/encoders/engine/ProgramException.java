package dev.engram.encoders.engine;

import java.util.OptionalInt;

/** A program does not compile, or fails while it runs. Names the line of the program's text where that is known. */
public final class ProgramException extends EngineException {
    private final int line;

    ProgramException(String message, int line, Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    /** Line of the program's text, counted from 1; empty if the engine did not tell. */
    public OptionalInt line() {
        return line > 0 ? OptionalInt.of(line) : OptionalInt.empty();
    }
}
