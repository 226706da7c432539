package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Public images that nearly show a training image of either encoder: whoever looks them up learns the label from the copy, not from memory. */
final class NearDuplicateSearch {
    /** Of pixels; an encoder's features have no distance that suits all. */
    static final double DEFAULT_DISTANCE = 0.05;
    /** Near duplicates are rare; a larger share of the public set says that the distance is too wide. */
    private static final double PLAUSIBLE_SHARE = 0.1;
    static final String FILE_NAME = "near_duplicates.csv";

    private final RunContext run;
    private final ImageSet images;
    private final int[] publicSet;
    private final int[] training;
    private List<Found> found = List.of();
    private int done;

    NearDuplicateSearch(RunContext run, ImageSet images, Split split) {
        this.run = run;
        this.images = images;
        this.publicSet = split.indices(Part.PUBLIC);
        this.training = IntStream.concat(
                        Arrays.stream(split.trainingOfF()), Arrays.stream(split.indices(Part.INDEPENDENT)))
                .sorted()
                .toArray();
    }

    /** Searches; {@link #count}, {@link #without} and {@link #write} tell what was found. */
    void search(dev.engram.v1.NearDuplicates spec) throws IOException {
        TorchEngine.start(run.threads());
        embedded(0);
        double distance = spec.getDistance() == 0 ? DEFAULT_DISTANCE : spec.getDistance();
        ExactKnn.Progress stop = (done, total) -> run.checkStop();
        found = spec.getEncoder().isEmpty()
                ? NearDuplicates.of(
                        NearDuplicates.pixels(images, publicSet),
                        NearDuplicates.pixels(images, training),
                        Scale.ROOT_MEAN_SQUARE,
                        distance,
                        run.threads(),
                        stop)
                : byEncoder(spec.getEncoder(), distance, stop);
        if (found.size() > PLAUSIBLE_SHARE * publicSet.length) {
            run.log(LogEntry.Severity.WARNING, "%d of %d public images are within %s of a training image: the distance is too wide to tell near duplicates"
                    .formatted(found.size(), publicSet.length, distance));
        }
    }

    private void embedded(int images) {
        done += images;
        run.progress("looking for near duplicates", done, publicSet.length + training.length, "image", Map.of());
        run.checkStop();
    }

    private List<Found> byEncoder(String resource, double distance, ExactKnn.Progress stop) throws IOException {
        try (TrainedEncoder encoder = Inputs.encoder(run, resource);
                ImageFeatures features = new ImageFeatures(
                        encoder.encoder(), encoder.state(), encoder.identity().normalization())) {
            FeatureMatrix ofPublic = features.whole(images, publicSet, this::embedded).normalized();
            FeatureMatrix ofTraining = features.whole(images, training, this::embedded).normalized();
            return NearDuplicates.of(ofPublic, ofTraining, Scale.COSINE, distance, run.threads(), stop);
        }
    }

    int count() {
        return found.size();
    }

    /** The split without the public images found. */
    Split without(Split split) {
        Set<Integer> near = found.stream().map(pair -> publicSet[pair.row()]).collect(Collectors.toSet());
        Map<Part, int[]> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, split.indices(part));
        }
        parts.put(Part.PUBLIC, Arrays.stream(publicSet).filter(index -> !near.contains(index)).toArray());
        return new Split(split.dataset(), split.images(), split.seed(), parts);
    }

    /** {@code public_id,label,training_id,training_label,distance}, nearest first. */
    Path write(Path directory) throws IOException {
        StringBuilder csv = new StringBuilder("public_id,label,training_id,training_label,distance\n");
        for (Found pair : found) {
            int one = publicSet[pair.row()];
            int other = training[pair.nearest()];
            csv.append(images.id(one)).append(',').append(images.label(one)).append(',')
                    .append(images.id(other)).append(',').append(images.label(other)).append(',')
                    .append(pair.distance()).append('\n');
        }
        return Files.writeString(directory.resolve(FILE_NAME), csv);
    }
}
