package dev.engram.trainer.training;

import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.PrefetchedViews;
import dev.engram.encoders.augment.TrainingViews;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Visits;
import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.train.EncoderTraining;
import dev.engram.encoders.train.TrainingPlan;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.recipe.RecipeDefaults;
import dev.engram.trainer.recipe.RecipeRules;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one encoder: one of a pair (f on shared ∪ candidate, g on shared ∪ independent images; both start from the weights that the
 * recipe's seed gives and differ by nothing but their data), or one by itself. Whatever happens on the way, the published bytes
 * depend on the spec and the data alone (on one type of machine).
 */
public final class TrainEncoderTask implements RunTask {
    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.TRAIN_ENCODER;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        TrainingSpecRules.check(spec.getTrainEncoder(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        TrainEncoderSpec training = spec.getTrainEncoder();
        return List.of(training.getDataset().isEmpty() ? training.getSplit() : training.getDataset());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        TrainEncoderSpec spec = run.spec().getTrainEncoder();
        run.progress("reading images", 0, 0, "image", Map.of());
        TrainingImages training = TrainingImages.read(run, spec);
        ImageSet images = training.images();
        int[] indices = training.indices();
        Visits visits = training.visits();
        TrainingRecipe recipe = recipe(spec, training, visits);
        run.checkStop();
        Precision precision = RecipeParts.use(recipe);
        RecipeParts parts = RecipeParts.fitting(
                () -> new RecipeParts(recipe, images.shape().height(), images.classNames().size()));
        try (TrainingStep step = RecipeParts.fitting(parts::step);
                AugmentedViews views = new AugmentedViews(
                        images, parts.augmentation(), images.shape().height(), recipe.getSeed(), "train");
                CollapseMeter collapse = new CollapseMeter(
                        parts.model(), parts.augmentation().normalization(), images, indices, recipe.getSeed());
                OnlineProber prober = RecipeParts.fitting(() -> parts.prober(training, run.threads()).orElse(null));
                PrefetchedViews ahead = new PrefetchedViews(new TrainingViews(views, visits));
                TrainingState state = ResumePointFiles.begin(run, () -> step.initialState(recipe.getSeed()));
                OnlineAttacker attacker = RecipeParts.fitting(
                        () -> parts.attacker(training, spec.getSide(), state.model(), run.threads()).orElse(null))) {
            run.log(LogEntry.Severity.INFO, "training in %s on %s, libtorch %s".formatted(precision.label(), run.device(), TorchEngine.version()));
            TrainingPlan plan = parts.plan(visits.size());
            if (visits.hasRepeats()) {
                run.log(LogEntry.Severity.INFO, "an epoch visits %d images %d times in %d steps, as the data set repeats them"
                        .formatted(indices.length, visits.size(), plan.stepsPerEpoch()));
            }
            TrainingReport report = new TrainingReport(
                    run, recipe.getBatchSize(), parts.privacy(indices.length), System::nanoTime);
            boolean collapsed = new ResumableTraining(
                            run, recipe.getResumePointSteps(), collapse, Optional.ofNullable(prober), Optional.ofNullable(attacker), report)
                    .run(new EncoderTraining(plan, step, ahead), state);
            run.progress("storing the checkpoint", plan.totalSteps(), plan.totalSteps(), "step", report.latest());
            CheckpointFiles files = new CheckpointFiles(run.scratch().resolve("checkpoint"));
            run.publish("checkpoint", "checkpoint", files.write(run, recipe, training, parts.model(), state, collapsed));
        }
    }

    private static TrainingRecipe recipe(TrainEncoderSpec spec, TrainingImages training, Visits visits) {
        int images = training.indices().length;
        FieldViolations violations = new FieldViolations();
        RecipeRules.checkBatch(spec.getRecipe(), images, "spec.recipe", violations);
        training.split().ifPresent(split -> RecipeRules.checkProbes(spec.getRecipe(), split.size(Part.PUBLIC), "spec.recipe", violations));
        violations.require(
                !(spec.getRecipe().hasDpSgd() && visits.hasRepeats()),
                "spec.recipe.dp_sgd",
                "needs training images that are not repeated: what it accounts for is one visit, not an image with several");
        if (!violations.isEmpty()) {
            throw RunFailure.invalidSpec(violations.toString());
        }
        return RecipeDefaults.fill(spec.getRecipe(), visits.size());
    }
}
