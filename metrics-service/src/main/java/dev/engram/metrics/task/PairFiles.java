package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.train.EncoderIdentity;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a measurement of a pair reads: images, split and encoders. Whatever is not whole, or does not belong together, ends the
 * run as DATA_LOSS naming the resource. Encoders are read once, when they are first asked for.
 */
final class PairFiles implements AutoCloseable {
    private final RunContext run;
    private final ResolvedPair pair;
    private final ImageSet images;
    private final Split split;
    private final Map<String, TrainedEncoder> encoders = new LinkedHashMap<>();

    private PairFiles(RunContext run, ResolvedPair pair, ImageSet images, Split split) {
        this.run = run;
        this.pair = pair;
        this.images = images;
        this.split = split;
    }

    /** @param name {@code pairs/x} */
    static PairFiles open(RunContext run, String name) throws IOException {
        run.progress("reading the pair", 0, 0, "image", Map.of());
        ResolvedPair pair = run.pair(name);
        ImageSet images = Inputs.images(run, pair.dataset());
        Split split = Inputs.split(run, pair.split(), images);
        run.checkStop();
        return new PairFiles(run, pair, images, split);
    }

    ImageSet images() {
        return images;
    }

    Split split() {
        return split;
    }

    /** Encoder f, which belongs to this. */
    TrainedEncoder candidate() throws IOException {
        return encoder(pair.candidate());
    }

    /** Encoder g, which belongs to this. */
    TrainedEncoder reference() throws IOException {
        return encoder(pair.reference());
    }

    private TrainedEncoder encoder(String resource) throws IOException {
        if (!encoders.containsKey(resource)) {
            encoders.put(resource, Inputs.encoder(run, resource));
            requireAlike();
        }
        return encoders.get(resource);
    }

    private void requireAlike() {
        TrainedEncoder candidate = encoders.get(pair.candidate());
        TrainedEncoder reference = encoders.get(pair.reference());
        if (candidate != null && reference != null) {
            Inputs.requireAlike(pair, candidate.identity(), reference.identity());
        }
    }

    /**
     * The views a measurement sees: a function of the seed and the image alone, so f, g and an untrained encoder see the same.
     *
     * @param encoder one of the pair
     */
    AugmentedViews views(TrainedEncoder encoder, AskedViews asked, long seed) throws IOException {
        return new AugmentedViews(images, augmentation(encoder, asked), encoder.identity().side(), seed, "measure");
    }

    /** By which augmentation a measurement sees an encoder's images; normalized as the encoder is used to. */
    AugmentationRecipe augmentation(TrainedEncoder encoder, AskedViews asked) throws IOException {
        EncoderIdentity own = encoder.identity();
        if (asked.given().isPresent()) {
            return own.views(asked.given().get());
        }
        EncoderIdentity trained = asked.pair().isEmpty() ? own : Inputs.identity(run, run.pair(asked.name()).candidate());
        return own.views(trained.augmentation());
    }

    @Override
    public void close() {
        encoders.values().forEach(TrainedEncoder::close);
    }
}
