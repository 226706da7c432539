package dev.engram.runs.worker;

/**
 * Decides which points of a series are kept so that a series of n steps stores about {@code budget * log2(n / budget)} points: after every
 * {@code budget} kept points the distance between them doubles.
 */
final class SeriesThinner {
    private final int budget;
    private long last = Long.MIN_VALUE;
    private long stride = 1;
    private int kept;

    SeriesThinner(int budget) {
        if (budget < 1) {
            throw new IllegalArgumentException("budget must be at least 1, is " + budget);
        }
        this.budget = budget;
    }

    /** Goes on after a step that is stored already. */
    void continueAfter(long step) {
        last = Math.max(last, step);
    }

    /** Whether the point at this step is to be stored; steps that do not grow are not. */
    boolean accept(long step) {
        if (last != Long.MIN_VALUE && step - last < stride) {
            return false;
        }
        last = step;
        kept++;
        if (kept == budget) {
            kept = 0;
            stride *= 2;
        }
        return true;
    }
}
