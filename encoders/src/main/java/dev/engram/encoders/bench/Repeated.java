package dev.engram.encoders.bench;

import java.util.Arrays;

/**
 * Times of a piece of work that was done several times.
 *
 * @param seconds wall time, median
 * @param cpuSeconds processor time of all threads, mean; tells more than wall time where others use the machine
 */
record Repeated(double seconds, double cpuSeconds) {
    /** Does the work {@code warmup} times untimed and {@code times} times timed, at least once. */
    static Repeated measure(int warmup, int times, Runnable work) {
        if (warmup < 0 || times < 1) {
            throw new IllegalArgumentException(
                    "warmup must be at least 0 and times at least 1, are " + warmup + " and " + times);
        }
        for (int i = 0; i < warmup; i++) {
            work.run();
        }
        double[] seconds = new double[times];
        double cpu = ProcessUsage.cpuSeconds();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            work.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        double cpuSeconds = (ProcessUsage.cpuSeconds() - cpu) / times;
        Arrays.sort(seconds);
        return new Repeated((seconds[(times - 1) / 2] + seconds[times / 2]) / 2, cpuSeconds);
    }
}
