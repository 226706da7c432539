package dev.engram.metrics.bench;

import dev.engram.encoders.bench.ProcessUsage;

/** Adds up the wall and processor time of one kind of work. */
final class Stopwatch {
    private double seconds;
    private double cpuSeconds;

    /** Work that is timed. */
    @FunctionalInterface
    interface Work {
        void run();
    }

    void time(Work work) {
        double cpu = ProcessUsage.cpuSeconds();
        long start = System.nanoTime();
        work.run();
        seconds += (System.nanoTime() - start) / 1e9;
        cpuSeconds += ProcessUsage.cpuSeconds() - cpu;
    }

    void reset() {
        seconds = 0;
        cpuSeconds = 0;
    }

    double seconds() {
        return seconds;
    }

    double cpuSeconds() {
        return cpuSeconds;
    }
}
