package dev.engram.encoders.data;

import java.util.ArrayList;
import java.util.List;

/** How many images each {@link Part} of a split gets. */
public record SplitSizes(int shared, int candidate, int independent, int external, int publicSet) {
    /**
     * @throws InvalidSplitException naming every size that is negative, and shared ∪ candidate or shared ∪ independent if
     *     empty
     */
    public SplitSizes {
        List<String> problems = new ArrayList<>();
        Object[][] sizes = {
            {"shared", shared}, {"candidate", candidate}, {"independent", independent}, {"external", external},
            {"public", publicSet}
        };
        for (Object[] size : sizes) {
            if ((int) size[1] < 0) {
                problems.add(size[0] + ": size must not be negative, was " + size[1]);
            }
        }
        if (problems.isEmpty() && candidate == 0) {
            problems.add("candidate: needs at least 1 image, there is nothing to measure otherwise");
        }
        if (problems.isEmpty() && shared + independent == 0) {
            problems.add("independent: shared and independent are both empty, the reference has nothing to train on");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSplitException(problems);
        }
    }

    public int of(Part part) {
        return switch (part) {
            case SHARED -> shared;
            case CANDIDATE -> candidate;
            case INDEPENDENT -> independent;
            case EXTERNAL -> external;
            case PUBLIC -> publicSet;
        };
    }

    /** The sum over all parts. */
    public long total() {
        return (long) shared + candidate + independent + external + publicSet;
    }
}
