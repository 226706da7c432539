package dev.engram.runs;

import dev.engram.v1.RunSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs that are made with another one, their whole, for it alone, so that several workers share its work. The whole waits for its parts and
 * reads their results; parts are cancelled, resumed and deleted with it.
 */
public final class RunParts {
    /** Parts at most. */
    public static final int MOST = 64;

    /** Characters that the id of a run with parts has at most, so that those of its parts fit. */
    static final int LONGEST_ID = 63 - "-part-64".length();

    private RunParts() {}

    /**
     * The id of a part, which depends on nothing else.
     *
     * @param whole id of the run it is part of
     * @param part from 0; written from 1
     */
    public static String id(String whole, int part) {
        return whole + "-part-" + (part + 1);
    }

    /** {@code runs/x-part-1} and so on: what the whole gives to {@link RunContext#input}. */
    public static List<String> names(String whole, int parts) {
        return IntStream.range(0, parts).mapToObj(part -> "runs/" + id(whole, part)).toList();
    }

    /** Whether a task that has such parts can have so many. */
    static boolean fits(String whole, List<RunSpec> parts) {
        return parts.isEmpty() || whole.length() <= LONGEST_ID;
    }
}
