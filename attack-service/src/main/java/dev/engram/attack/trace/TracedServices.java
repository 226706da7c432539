package dev.engram.attack.trace;

import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.EditEncoderRequest;
import dev.engram.v1.ListOwnedUnitsRequest;
import dev.engram.v1.ListOwnedUnitsResponse;

/** Who does what a traced pruning needs of others. What was asked before changes nothing; a refusal is thrown as the service throws it. */
public interface TracedServices {
    /** The units that images own. */
    ListOwnedUnitsResponse ownedUnits(ListOwnedUnitsRequest request);

    /** Starts making an encoder of another. */
    void editEncoder(EditEncoderRequest request);

    /** Makes a pair of encoders that exist. */
    void createPair(CreatePairRequest request);
}
