package dev.engram.metrics.task;

import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.metrics.measure.LayerGrams;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;
import java.util.List;

/** One of two encoders that are compared, with the input it takes. */
record GramSource(TrainedEncoder encoder, LayerGrams grams, PlainInput input) implements AutoCloseable {

    /** @throws RunFailure DATA_LOSS naming the encoder if its files are not whole */
    static GramSource open(RunContext run, String resource, boolean pooled) throws IOException {
        TrainedEncoder encoder = Inputs.encoder(run, resource);
        return new GramSource(
                encoder,
                new LayerGrams(encoder.encoder(), pooled),
                new PlainInput(
                        encoder.identity().normalization(),
                        Math.toIntExact(encoder.encoder().input().getLast())));
    }

    List<LayerGrams.Layer> layers() {
        return grams.layers();
    }

    /** Inner products of a batch at each layer. */
    List<float[]> of(ImageSet images, int[] block) {
        try (Scope scope = Scope.open()) {
            return grams.of(encoder.state(), input.whole(scope, images, block));
        }
    }

    @Override
    public void close() {
        input.close();
        grams.close();
        encoder.close();
    }
}
