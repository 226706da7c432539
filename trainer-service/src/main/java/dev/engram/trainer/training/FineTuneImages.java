package dev.engram.trainer.training;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.inputs.Inputs;
import dev.engram.runs.EncoderOrigin;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingPart;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The images a fine-tuning learns from, and those its head is scored on.
 *
 * @param training positions in {@code images}
 * @param heldOut external points that are not trained on
 */
record FineTuneImages(ImageSet images, int[] training, int[] heldOut) {
    static FineTuneImages read(RunContext run, FineTuneSpec spec) throws IOException {
        String name = spec.getSplit().isEmpty()
                ? EncoderOrigin.of(spec.getSource(), run::specOf).getTrainEncoder().getSplit()
                : spec.getSplit();
        if (name.isEmpty()) {
            throw RunFailure.invalidSpec("spec.split: is required: %s was not trained on a split".formatted(spec.getSource()));
        }
        ImageSet images = Inputs.images(run, run.specOf(name).getCreateSplit().getDataset());
        Split split = Inputs.split(run, name, images);
        int[] training = spec.getImageIdsCount() > 0 ? named(images, spec) : TrainingImages.indices(split, parts(spec));
        if (training.length == 0) {
            throw RunFailure.invalidSpec("spec.parts: %s has no image in them".formatted(name));
        }
        Set<Integer> seen = Arrays.stream(training).boxed().collect(Collectors.toCollection(HashSet::new));
        int[] heldOut = Arrays.stream(split.indices(Part.EXTERNAL)).filter(index -> !seen.contains(index)).toArray();
        return new FineTuneImages(images, training, heldOut);
    }

    private static TrainEncoderSpec parts(FineTuneSpec spec) {
        TrainEncoderSpec.Builder parts = TrainEncoderSpec.newBuilder().addAllParts(spec.getPartsList());
        return spec.getPartsCount() == 0 ? parts.addParts(TrainingPart.TRAINING_PART_PUBLIC).build() : parts.build();
    }

    private static int[] named(ImageSet images, FineTuneSpec spec) {
        Map<Long, Integer> positions = new HashMap<>();
        IntStream.range(0, images.size()).forEach(index -> positions.put((long) images.id(index), index));
        String unknown = spec.getImageIdsList().stream()
                .filter(id -> !positions.containsKey(id)).map(String::valueOf).collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw RunFailure.invalidSpec("spec.image_ids: the data set has no image " + unknown);
        }
        return spec.getImageIdsList().stream().mapToInt(positions::get).toArray();
    }

    /** The training images, taken again from the beginning until there are as many as a batch. */
    int[] atLeast(int batch) {
        return training.length >= batch
                ? training
                : IntStream.range(0, batch).map(i -> training[i % training.length]).toArray();
    }
}
