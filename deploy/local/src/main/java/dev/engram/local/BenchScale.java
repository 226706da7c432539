package dev.engram.local;

import dev.engram.encoders.engine.Precision;
import java.util.Set;

/**
 * How much of a benchmark is measured.
 *
 * @param tiny a fraction of the work, once: shows that it runs, measures nothing
 * @param times how often each setting is measured, 0 for what is published
 * @param networks those measured, of a benchmark of several; empty for all
 * @param precisions those measured; empty for all
 */
record BenchScale(boolean tiny, int times, Set<String> networks, Set<Precision> precisions) {
    BenchScale {
        if (times < 0) {
            throw new IllegalArgumentException("--times must be at least 0, is " + times);
        }
        networks = Set.copyOf(networks);
        precisions = Set.copyOf(precisions);
    }

    /** Everything, in full or tiny. */
    static BenchScale whole(boolean tiny) {
        return new BenchScale(tiny, 0, Set.of(), Set.of());
    }

    int times(int published) {
        return tiny ? 1 : times == 0 ? published : times;
    }

    boolean wants(String network) {
        return networks.isEmpty() || networks.contains(network);
    }

    boolean wants(Precision precision) {
        return precisions.isEmpty() || precisions.contains(precision);
    }
}
