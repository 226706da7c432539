package dev.engram.trainer.training;

import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.encoders.train.TrainingState;
import dev.engram.runs.RunSpecs;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The files of a finished encoder: weights, and a manifest that says how they came about. No times, no ids of runs. */
final class CheckpointFiles {
    private final Path folder;

    CheckpointFiles(Path folder) {
        this.folder = folder;
    }

    Map<String, Path> write(
            TrainEncoderSpec spec,
            TrainingRecipe recipe,
            ImageSet images,
            Split split,
            ProjectedEncoder model,
            TrainingState state)
            throws IOException {
        Map<String, String> details = Map.of(
                TrainedEncoder.AUGMENTATION, recipe.getAugmentation(),
                "dataset_digest", images.digest(),
                "split_digest", split.digest(),
                "side_of_pair", spec.getSide().name().toLowerCase(Locale.ROOT),
                "recipe", RunSpecs.toJson(recipe));
        TrainedEncoder.write(folder, model, state, Map.of("training", recipe.getSeed()), details);
        return ResumePointFiles.filesOf(folder);
    }
}
