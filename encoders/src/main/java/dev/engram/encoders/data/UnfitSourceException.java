package dev.engram.encoders.data;

/**
 * Images, labels, class names and boxes of a source do not go together, or do not suit what was asked of them. Whoever named the source can
 * mend it; no byte of a file is to blame.
 */
public final class UnfitSourceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param problem begins with what it is about */
    UnfitSourceException(String problem) {
        super(problem);
    }
}
