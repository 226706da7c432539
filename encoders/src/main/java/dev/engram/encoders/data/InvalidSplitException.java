package dev.engram.encoders.data;

import java.util.List;

/** A split that cannot be made or used; carries every problem found, not only the first. */
public final class InvalidSplitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public InvalidSplitException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    InvalidSplitException(String problem) {
        this(List.of(problem));
    }

    /** Each starts with the part or field it is about. */
    public List<String> problems() {
        return problems;
    }
}
