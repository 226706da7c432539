package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.SplitMaker.Drawn;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.ExactKnn;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.features.NearDuplicates;
import dev.engram.encoders.features.NearDuplicates.Found;
import dev.engram.encoders.features.NearDuplicates.Scale;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.v1.LogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Public images that nearly show a training image of either encoder: whoever looks them up learns the label from the copy, not from memory.
 *
 * <p>Left out, each is replaced by the first spare image of its class that is near no training image itself, so that the public set keeps its
 * size and classes as long as there are spares. Of a series of splits the training images of the largest count for all, so that all have the
 * same public set.
 */
final class NearDuplicateSearch {
    /** Of pixels; an encoder's features have no distance that suits all. */
    static final double DEFAULT_DISTANCE = 0.05;
    /** Near duplicates are rare; a larger share of the public set says that the distance is too wide. */
    private static final double PLAUSIBLE_SHARE = 0.1;
    static final String FILE_NAME = "near_duplicates.csv";

    private final RunContext run;
    private final ImageSet images;
    private final Split split;
    private final int[] training;
    private final SpareImages spares;
    private final List<Near> found = new ArrayList<>();
    private final TreeSet<Integer> kept = new TreeSet<>();
    private int replaced;
    private int done;
    private int total;

    /** An image, the training image nearest to it, and how far apart they are. */
    private record Near(int image, int training, double distance) {}

    /** Features of images, a row each. */
    private interface Embedding {
        FeatureMatrix of(int[] indices);
    }

    NearDuplicateSearch(RunContext run, ImageSet images, Drawn drawn) {
        this.run = run;
        this.images = images;
        this.split = drawn.split();
        this.training = Stream.of(split.indices(Part.SHARED), split.indices(Part.CANDIDATE), split.indices(Part.INDEPENDENT), drawn.series())
                .flatMapToInt(Arrays::stream)
                .sorted()
                .toArray();
        this.spares = new SpareImages(images, drawn.spares());
        Arrays.stream(split.indices(Part.PUBLIC)).forEach(kept::add);
    }

    /** Searches, and if asked to changes the public set; {@link #count}, {@link #split} and {@link #write} tell what came of it. */
    void search(dev.engram.v1.NearDuplicates spec) throws IOException {
        TorchEngine.start(run.threads());
        double distance = spec.getDistance() == 0 ? DEFAULT_DISTANCE : spec.getDistance();
        if (spec.getEncoder().isEmpty()) {
            search(this::pixels, Scale.ROOT_MEAN_SQUARE, distance, spec.getRemove());
            return;
        }
        try (TrainedEncoder encoder = Inputs.encoder(run, spec.getEncoder());
                ImageFeatures features = new ImageFeatures(
                        encoder.encoder(), encoder.state(), encoder.identity().normalization())) {
            search(indices -> features.whole(images, indices, this::embedded).normalized(), Scale.COSINE, distance, spec.getRemove());
        }
    }

    private void search(Embedding embedding, Scale scale, double distance, boolean remove) {
        int[] publicSet = split.indices(Part.PUBLIC);
        total = publicSet.length + training.length;
        embedded(0);
        FeatureMatrix ofTraining = embedding.of(training);
        found.addAll(near(publicSet, embedding.of(publicSet), ofTraining, scale, distance));
        if (found.size() > PLAUSIBLE_SHARE * publicSet.length) {
            run.log(LogEntry.Severity.WARNING, "%d of %d public images are within %s of a training image: the distance is too wide to tell near duplicates"
                    .formatted(found.size(), publicSet.length, distance));
        }
        if (remove) {
            leaveOut(embedding, ofTraining, scale, distance);
        }
        found.sort(Comparator.comparingDouble(Near::distance).thenComparingInt(Near::image));
    }

    /** Takes what was found out of the public set, and puts spares in its place. */
    private void leaveOut(Embedding embedding, FeatureMatrix ofTraining, Scale scale, double distance) {
        List<Near> leftOut = List.copyOf(found);
        leftOut.forEach(pair -> kept.remove(pair.image));
        replaced = -kept.size();
        int[] next = inPlaceOf(leftOut);
        while (next.length > 0) {
            Arrays.stream(next).forEach(kept::add);
            total += next.length;
            leftOut = near(next, embedding.of(next), ofTraining, scale, distance);
            leftOut.forEach(pair -> kept.remove(pair.image));
            found.addAll(leftOut);
            next = inPlaceOf(leftOut);
        }
        replaced += kept.size();
    }

    private int[] inPlaceOf(List<Near> leftOut) {
        Map<Integer, Integer> wanted = new TreeMap<>();
        leftOut.forEach(pair -> wanted.merge(images.label(pair.image), 1, Integer::sum));
        return spares.take(wanted);
    }

    private List<Near> near(int[] indices, FeatureMatrix features, FeatureMatrix ofTraining, Scale scale, double distance) {
        ExactKnn.Progress stop = (searched, all) -> run.checkStop();
        List<Found> pairs = NearDuplicates.of(features, ofTraining, scale, distance, run.threads(), stop);
        return pairs.stream().map(pair -> new Near(indices[pair.row()], training[pair.nearest()], pair.distance())).toList();
    }

    private FeatureMatrix pixels(int[] indices) {
        FeatureMatrix features = NearDuplicates.pixels(images, indices);
        embedded(indices.length);
        return features;
    }

    private void embedded(int images) {
        done += images;
        run.progress("looking for near duplicates", done, total, "image", Map.of());
        run.checkStop();
    }

    /** How many images were found: of the public set as it was drawn, and of the spares tried in their places. */
    int count() {
        return found.size();
    }

    /** Spares that took the place of an image left out. */
    int replaced() {
        return replaced;
    }

    /** Images of each class, by label, that were left out and for which there was no spare. */
    Map<Integer, Integer> missing() {
        Map<Integer, Integer> missing = new TreeMap<>();
        Arrays.stream(split.indices(Part.PUBLIC)).forEach(index -> missing.merge(images.label(index), 1, Integer::sum));
        kept.forEach(index -> missing.merge(images.label(index), -1, Integer::sum));
        missing.values().removeIf(count -> count == 0);
        return missing;
    }

    /** The split with the public set that is left. */
    Split split() {
        Map<Part, int[]> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, split.indices(part));
        }
        parts.put(Part.PUBLIC, kept.stream().mapToInt(Integer::intValue).toArray());
        return new Split(split.dataset(), split.images(), split.seed(), parts);
    }

    /** {@code public_id,label,training_id,training_label,distance}, nearest first. */
    Path write(Path directory) throws IOException {
        StringBuilder csv = new StringBuilder("public_id,label,training_id,training_label,distance\n");
        for (Near pair : found) {
            csv.append(images.id(pair.image)).append(',').append(images.label(pair.image)).append(',')
                    .append(images.id(pair.training)).append(',').append(images.label(pair.training)).append(',')
                    .append(pair.distance()).append('\n');
        }
        return Files.writeString(directory.resolve(FILE_NAME), csv);
    }
}
