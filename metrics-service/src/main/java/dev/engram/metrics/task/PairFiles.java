package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.InvalidSplitException;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitVerifier;
import dev.engram.encoders.file.CorruptFileException;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
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
        try {
            ImageSet images = ImageSetFile.open(run.input(pair.dataset()).resolve(ImageSetFile.FILE_NAME));
            Split split = Split.fromJson(Files.readAllBytes(run.input(pair.split()).resolve(Split.FILE_NAME)));
            SplitVerifier.verify(split, images);
            run.checkStop();
            return new PairFiles(run, pair, images, split);
        } catch (CorruptFileException e) {
            throw RunFailure.dataLoss(pair.dataset() + ": " + e.getMessage());
        } catch (InvalidSplitException e) {
            throw RunFailure.dataLoss(pair.split() + ": " + e.getMessage());
        }
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
            try {
                encoders.put(resource, TrainedEncoder.read(run.input(resource)));
            } catch (CorruptFileException e) {
                throw RunFailure.dataLoss(resource + ": " + e.getMessage());
            }
        }
        return encoders.get(resource);
    }

    /**
     * The views a measurement sees: a function of the seed and the image alone, so f, g and an untrained encoder see the same.
     *
     * @param encoder one of the pair
     * @param augmentation a recipe's name; empty for the encoder's own; normalized as the encoder is used to
     */
    AugmentedViews views(TrainedEncoder encoder, String augmentation, long seed) {
        return new AugmentedViews(
                images, encoder.identity().views(augmentation), encoder.identity().side(), seed, "measure");
    }

    @Override
    public void close() {
        encoders.values().forEach(TrainedEncoder::close);
    }
}
