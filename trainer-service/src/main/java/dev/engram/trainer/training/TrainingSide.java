package dev.engram.trainer.training;

import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.v1.TrainEncoderSpec;

/**
 * The images of one side of a pair, shared ones first. Training position i is then the same image for f and g where it is shared,
 * and a candidate or an independent image where it is not: by the same seed both encoders see the same batches but for these.
 */
final class TrainingSide {
    private TrainingSide() {}

    static int[] indices(Split split, TrainEncoderSpec.Side side) {
        int[] shared = split.indices(Part.SHARED);
        int[] own = split.indices(own(side));
        int[] all = new int[shared.length + own.length];
        System.arraycopy(shared, 0, all, 0, shared.length);
        System.arraycopy(own, 0, all, shared.length, own.length);
        return all;
    }

    private static Part own(TrainEncoderSpec.Side side) {
        return switch (side) {
            case CANDIDATE -> Part.CANDIDATE;
            case REFERENCE -> Part.INDEPENDENT;
            case SIDE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("side: is not set");
        };
    }
}
