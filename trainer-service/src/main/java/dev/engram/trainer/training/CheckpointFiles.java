package dev.engram.trainer.training;

import dev.engram.encoders.data.Part;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.encoders.train.TrainingState;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunSpecs;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files of a finished encoder: weights, and a manifest that says how they came about. No times, no ids of runs. */
final class CheckpointFiles {
    /** Detail: whether the embeddings of different images ended as nearly one point or line. */
    static final String COLLAPSED = "collapsed";

    /** Detail: what it was trained on, {@code cpu} or a card's name; its number is left out, as a resumed run may get another. */
    static final String DEVICE = "device";

    private final Path folder;

    CheckpointFiles(Path folder) {
        this.folder = folder;
    }

    Map<String, Path> write(
            RunContext run,
            TrainingRecipe recipe,
            TrainingImages training,
            ProjectedEncoder model,
            TrainingState state,
            boolean collapsed)
            throws IOException {
        TrainEncoderSpec spec = run.spec().getTrainEncoder();
        Map<String, String> details = new TreeMap<>();
        details.put(TrainedEncoder.AUGMENTATION, RecipeAugmentation.of(recipe).toText());
        details.put(DEVICE, run.device().kind());
        details.put(COLLAPSED, Boolean.toString(collapsed));
        details.put("dataset_digest", training.images().digest());
        training.split().ifPresent(split -> {
            details.put("split_digest", split.digest());
            details.put("parts", TrainingImages.parts(spec).stream().map(Part::key).collect(Collectors.joining(",")));
        });
        if (spec.getSide() != TrainEncoderSpec.Side.SIDE_UNSPECIFIED) {
            details.put("side_of_pair", spec.getSide().name().toLowerCase(Locale.ROOT));
        }
        details.put("recipe", RunSpecs.toJson(recipe));
        TrainedEncoder.write(folder, model, state, Map.of("training", recipe.getSeed()), details);
        return ResumePointFiles.filesOf(folder);
    }
}
