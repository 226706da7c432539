package dev.engram.trainer.training;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.data.Visits;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The images an encoder is trained on. Of a side of a pair the shared ones come first: training position i is then the same image for f
 * and g where it is shared, and a candidate or an independent image where it is not, so by the same seed both encoders see the same batches but
 * for these.
 *
 * @param images the whole data set
 * @param split empty if the whole data set is trained on
 * @param indices positions in {@code images}, in the order of training positions
 */
record TrainingImages(ImageSet images, Optional<Split> split, int[] indices) {
    static TrainingImages read(RunContext run, TrainEncoderSpec spec) throws IOException {
        if (!spec.getDataset().isEmpty()) {
            ImageSet images = Inputs.images(run, spec.getDataset());
            return new TrainingImages(images, Optional.empty(), IntStream.range(0, images.size()).toArray());
        }
        String dataset = run.specOf(spec.getSplit()).getCreateSplit().getDataset();
        ImageSet images = Inputs.images(run, dataset);
        Split split = Inputs.split(run, spec.getSplit(), images);
        return new TrainingImages(images, Optional.of(split), indices(split, spec));
    }

    /** What an epoch visits: each image as often as the data set says. */
    Visits visits() {
        return Visits.of(images, indices);
    }

    /** @param spec of a side or of parts */
    static int[] indices(Split split, TrainEncoderSpec spec) {
        return parts(spec).stream().flatMapToInt(part -> Arrays.stream(split.indices(part))).toArray();
    }

    /** The parts of the split, in their order of training positions. */
    static List<Part> parts(TrainEncoderSpec spec) {
        return switch (spec.getSide()) {
            case CANDIDATE -> List.of(Part.SHARED, Part.CANDIDATE);
            case REFERENCE -> List.of(Part.SHARED, Part.INDEPENDENT);
            case SIDE_UNSPECIFIED, UNRECOGNIZED -> List.copyOf(named(spec.getPartsList()));
        };
    }

    private static Set<Part> named(List<TrainingPart> names) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        names.forEach(name -> parts.add(switch (name) {
            case TRAINING_PART_SHARED -> Part.SHARED;
            case TRAINING_PART_CANDIDATE -> Part.CANDIDATE;
            case TRAINING_PART_INDEPENDENT -> Part.INDEPENDENT;
            case TRAINING_PART_EXTERNAL -> Part.EXTERNAL;
            case TRAINING_PART_PUBLIC -> Part.PUBLIC;
            case TRAINING_PART_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("parts: " + name + " is no part of a split");
        }));
        return parts;
    }
}
