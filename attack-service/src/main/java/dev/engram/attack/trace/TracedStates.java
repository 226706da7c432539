package dev.engram.attack.trace;

import dev.engram.attack.dejavu.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The states of the traced encoder that are compared: as it was, without the units, and with random others pruned; and what is said of them: each, the
 * mean over the random ones, and the three differences.
 *
 * @param controls number of random ones
 */
record TracedStates(int controls) {
    static final String BEFORE = "before";
    static final String PRUNED = "pruned";
    static final String RANDOM = "random";

    /** Each state that was measured once: before, pruned, then the controls. */
    int measured() {
        return 2 + controls;
    }

    /** Of every state that is reported, how the measured ones are weighed. */
    Map<String, double[]> states() {
        Map<String, double[]> states = new LinkedHashMap<>();
        states.put(BEFORE, one(0));
        states.put(PRUNED, one(1));
        double[] mean = new double[measured()];
        IntStream.range(2, mean.length).forEach(i -> mean[i] = 1.0 / controls);
        states.put(RANDOM, mean);
        IntStream.range(0, controls).forEach(i -> states.put(RANDOM + " " + (i + 1), one(2 + i)));
        return states;
    }

    Map<String, double[]> differences() {
        Map<String, double[]> states = states();
        Map<String, double[]> differences = new LinkedHashMap<>();
        for (List<String> pair : List.of(List.of(PRUNED, BEFORE), List.of(RANDOM, BEFORE), List.of(PRUNED, RANDOM))) {
            double[] weights = states.get(pair.getFirst()).clone();
            IntStream.range(0, weights.length).forEach(i -> weights[i] -= states.get(pair.getLast())[i]);
            differences.put(String.join(" - ", pair), weights);
        }
        return differences;
    }

    private double[] one(int state) {
        double[] weights = new double[measured()];
        weights[state] = 1;
        return weights;
    }

    /**
     * A figure of each state by name.
     *
     * @param figures how many verdicts there are of each measured state
     * @param parts of a figure, its weight of each verdict: 1 and 0 for the first of two, 1 and -1 for their difference
     */
    static List<Interval> figures(PairedStates bootstrap, double[] stateWeights, int figures, double[]... parts) {
        List<Interval> intervals = new ArrayList<>();
        for (double[] part : parts) {
            double[] weights = new double[stateWeights.length * figures];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = stateWeights[i / figures] * part[i % figures];
            }
            intervals.add(bootstrap.interval(weights));
        }
        return intervals;
    }
}
