package dev.engram.metrics.replicates;

import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.RunSpec;

/** Who starts what a plan needs. A request that was sent before changes nothing; one that is refused throws what the service throws. */
public interface ReplicateServices {
    /** Starts the training of a pair. */
    void createPair(CreatePairRequest request);

    /** Starts a measure or an attack. */
    void createMeasure(RunSpec spec, String runId);
}
