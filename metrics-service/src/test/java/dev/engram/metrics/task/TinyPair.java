package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker;
import dev.engram.encoders.data.SplitSizes;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.encoders.train.TrainingState;
import dev.engram.runs.ResolvedPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** The artifacts of a pair of untrained encoders over a few images: equal weights for equal seeds, else independent ones. */
public final class TinyPair {
    public static final ResolvedPair PAIR =
            new ResolvedPair("pairs/p", "encoders/p-f", "encoders/p-g", "splits/s", "datasets/d");
    public static final SplitSizes SIZES = new SplitSizes(12, 10, 10, 10, 0);

    private final Path root;
    public final ImageSet images;
    public final Split split;

    public TinyPair(Path root, long seedOfF, long seedOfG) throws IOException {
        this(root, seedOfF, seedOfG, SIZES);
    }

    public TinyPair(Path root, long seedOfF, long seedOfG, SplitSizes sizes) throws IOException {
        this(root, seedOfF, seedOfG, sizes, "simclr-normal");
    }

    /** @param augmentation by which they say to have been trained */
    public TinyPair(Path root, long seedOfF, long seedOfG, SplitSizes sizes, String augmentation) throws IOException {
        this.root = root;
        int enough = Math.toIntExact(sizes.total() + sizes.total() / 4);
        ImageSet few = FashionMnist.test().select(IntStream.range(0, enough).toArray());
        images = EncoderInput.of(few, 32);
        split = SplitMaker.draw(images, sizes, 1, SplitMaker.DuplicatePolicy.LEAVE_OUT).split();
        ImageSetFile.write(images, Files.createDirectories(folder(PAIR.dataset())).resolve(ImageSetFile.FILE_NAME));
        Files.write(Files.createDirectories(folder(PAIR.split())).resolve(Split.FILE_NAME), split.toJson());
        encoder(PAIR.candidate(), seedOfF, augmentation);
        encoder(PAIR.reference(), seedOfG, augmentation);
    }

    /** Where a resource's files are. */
    public Path folder(String resource) {
        return root.resolve(resource);
    }

    private void encoder(String resource, long seed, String augmentation) throws IOException {
        ProjectedEncoder model = new ProjectedEncoder(ResNet9.encoder(), Projector.of(16, 8));
        try (TrainingState state =
                new TrainingState(0, StateLayout.of(model).initialState(seed), new StateDict(), null)) {
            TrainedEncoder.write(
                    folder(resource),
                    model,
                    state,
                    Map.of("training", seed),
                    Map.of(TrainedEncoder.AUGMENTATION, AugmentationRecipe.named(augmentation).toText()));
        }
    }
}
