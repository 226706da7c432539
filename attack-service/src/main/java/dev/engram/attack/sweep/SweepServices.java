package dev.engram.attack.sweep;

import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.Split;
import dev.engram.v1.TrainingRecipe;
import java.util.Optional;

/** Who starts what a plan needs. A request that was sent before changes nothing; one that is refused throws what the service throws. */
public interface SweepServices {
    /** Empty if there is none of that name. */
    Optional<Split> findSplit(String name);

    /**
     * Refuses a recipe that a training would refuse.
     *
     * @param images training images of an encoder; 0 if they are not known yet
     */
    void checkRecipe(TrainingRecipe recipe, int images);

    void createSplit(CreateSplitRequest request);

    /** Starts the training of a pair. */
    void createPair(CreatePairRequest request);

    void createAttack(CreateDejaVuRequest request);
}
