package dev.engram.attack.run;

import dev.engram.attack.crop.CropSelection;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;
import java.util.function.IntConsumer;

/** Features by an encoder of a pair, cut after its projector or before it. */
final class EncoderFeatures implements FeatureSource {
    private final TrainedEncoder encoder;
    private final ImageFeatures features;

    private EncoderFeatures(TrainedEncoder encoder, Network network, Normalization normalization) {
        this.encoder = encoder;
        this.features = new ImageFeatures(network, encoder.state(), normalization);
    }

    /**
     * @param resource {@code encoders/x}
     * @param cut {@code projector} or {@code backbone}
     * @throws RunFailure DATA_LOSS if its checkpoint is not whole
     */
    static FeatureSource open(RunContext run, String resource, String cut) throws IOException {
        TrainedEncoder encoder = read(run, resource);
        try {
            Network network = cut.equals(DejaVuRules.BACKBONE) ? encoder.encoder() : projected(resource, encoder);
            return new EncoderFeatures(encoder, network, encoder.identity().normalization());
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    @Override
    public FeatureMatrix whole(ImageSet images, int[] indices, IntConsumer embedded) {
        return features.whole(images, indices, embedded);
    }

    @Override
    public FeatureMatrix crops(ImageSet images, CropSelection crops, IntConsumer embedded) {
        return features.crops(images, crops.indices(), crops.rectangles(), embedded);
    }

    @Override
    public void close() {
        features.close();
        encoder.close();
    }

    private static Network projected(String resource, TrainedEncoder encoder) {
        if (!encoder.identity().isProjected()) {
            throw RunFailure.invalidSpec("spec.cut: %s has no projector, so only %s can be attacked".formatted(resource, DejaVuRules.BACKBONE));
        }
        return encoder.model();
    }

    private static TrainedEncoder read(RunContext run, String resource) throws IOException {
        try {
            return TrainedEncoder.read(run.input(resource));
        } catch (CorruptFileException e) {
            throw RunFailure.dataLoss(resource + ": " + e.getMessage());
        }
    }
}
