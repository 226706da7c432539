package dev.engram.encoders.data;

import java.util.ArrayList;
import java.util.List;

/**
 * How many images each {@link Part} of a split gets.
 *
 * @param largestShared places kept for shared images, of which the first {@code shared} are taken, at least as many: splits that differ in
 *     {@code shared} alone have the same other parts
 */
public record SplitSizes(int shared, int candidate, int independent, int external, int publicSet, int largestShared) {
    /** Sizes of a split that is not one of a series. */
    public SplitSizes(int shared, int candidate, int independent, int external, int publicSet) {
        this(shared, candidate, independent, external, publicSet, shared);
    }

    /**
     * @throws InvalidSplitException naming every size that is negative, shared ∪ candidate or shared ∪ independent if
     *     empty, and more shared images than there are places for
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
        if (problems.isEmpty() && largestShared < shared) {
            problems.add("largest shared: must be at least the %d shared images, was %d".formatted(shared, largestShared));
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

    /** Places in the order of images: as many as the part has, or as are kept for it. */
    int places(Part part) {
        return part == Part.SHARED ? largestShared : of(part);
    }

    /** The sum over all parts, with the places that are kept for shared images. */
    public long total() {
        return (long) largestShared + candidate + independent + external + publicSet;
    }
}
