package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.CheckpointFolder;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.InvalidSplitException;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitVerifier;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.runs.ResolvedPair;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * What a measurement of a pair reads: images, split, recipe, and the encoders' weights. Whatever is not whole, or does not belong
 * together, ends the run as DATA_LOSS naming the resource.
 */
final class PairFiles {
    private static final String ENCODER = "encoder";
    private static final int CHANNELS = 3;

    private final RunContext run;
    private final ResolvedPair pair;
    private final ImageSet images;
    private final Split split;
    private final TrainingRecipe recipe;

    private PairFiles(RunContext run, ResolvedPair pair, ImageSet images, Split split) {
        this.run = run;
        this.pair = pair;
        this.images = images;
        this.split = split;
        this.recipe = run.specOf(pair.candidate()).getTrainEncoder().getRecipe();
    }

    static PairFiles open(RunContext run, String name) throws IOException {
        ResolvedPair pair = run.pair(name);
        try {
            ImageSet images = ImageSetFile.open(run.input(pair.dataset()).resolve(ImageSetFile.FILE_NAME));
            Split split = Split.fromJson(Files.readAllBytes(run.input(pair.split()).resolve(Split.FILE_NAME)));
            SplitVerifier.verify(split, images);
            return new PairFiles(run, pair, images, split);
        } catch (dev.engram.encoders.data.CorruptFileException e) {
            throw RunFailure.dataLoss(pair.dataset() + ": " + e.getMessage());
        } catch (InvalidSplitException e) {
            throw RunFailure.dataLoss(pair.split() + ": " + e.getMessage());
        }
    }

    ResolvedPair pair() {
        return pair;
    }

    ImageSet images() {
        return images;
    }

    Split split() {
        return split;
    }

    /** How both encoders were trained. */
    TrainingRecipe recipe() {
        return recipe;
    }

    /** The encoder's network, without projector. */
    Network network() {
        String name = recipe.getNetwork().isEmpty() ? "resnet9" : recipe.getNetwork();
        try {
            return Networks.encoder(name, CHANNELS, images.shape().height());
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec(pair.candidate() + ": " + e.getMessage());
        }
    }

    /**
     * The views a measurement sees: of the seed and the image alone, so f, g and an untrained encoder see the same ones.
     *
     * @param augmentation a recipe's name; empty for the one of the training
     */
    AugmentedViews views(String augmentation, long seed) {
        String trained = recipe.getAugmentation().isEmpty() ? "simclr-normal" : recipe.getAugmentation();
        String name = augmentation.isEmpty() ? trained : augmentation;
        return new AugmentedViews(
                images, AugmentationRecipe.named(name), images.shape().height(), seed, "measure");
    }

    /** Weights of f or g; the caller closes them. */
    StateDict encoder(String resource, StateLayout layout) throws IOException {
        Map<String, StateDict> parts = read(resource);
        StateDict encoder = parts.remove(ENCODER);
        parts.values().forEach(StateDict::close);
        if (encoder == null) {
            throw RunFailure.dataLoss(resource + ": its checkpoint has no part \"" + ENCODER + "\"");
        }
        try {
            layout.verify(encoder);
            return encoder;
        } catch (IllegalArgumentException e) {
            encoder.close();
            throw RunFailure.dataLoss(resource + ": " + e.getMessage());
        }
    }

    private Map<String, StateDict> read(String resource) throws IOException {
        try {
            return new CheckpointFolder(run.input(resource)).read();
        } catch (dev.engram.encoders.checkpoint.CorruptFileException e) {
            throw RunFailure.dataLoss(resource + ": " + e.getMessage());
        }
    }
}
