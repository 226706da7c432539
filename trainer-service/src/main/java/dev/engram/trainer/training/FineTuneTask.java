package dev.engram.trainer.training;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.PrefetchedViews;
import dev.engram.encoders.augment.TrainingViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.edit.EditableLayer;
import dev.engram.encoders.edit.EditableLayers;
import dev.engram.encoders.edit.UnitRestore;
import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.eval.ProbeAccuracy;
import dev.engram.encoders.network.Mode;
import dev.engram.encoders.network.PartlyFrozen;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.train.EncoderTraining;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.inputs.Inputs;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunTask;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.SummaryFile;
import dev.engram.trainer.recipe.RecipeDefaults;
import dev.engram.v1.EncoderEdit;
import dev.engram.v1.FineTuneResult;
import dev.engram.v1.FineTuneSpec;
import dev.engram.v1.LogEntry;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trains some layers of an encoder further, with a new linear head and labels, all else frozen; or one unit of a layer alone. Goes on from resume
 * points to the same bytes, as a training does.
 */
public final class FineTuneTask implements RunTask {
    private static final String HEAD = "heads.classifier.0.";

    @Override
    public RunSpec.TaskCase kind() {
        return RunSpec.TaskCase.FINE_TUNE;
    }

    @Override
    public void validate(RunSpec spec, FieldViolations violations) {
        FineTuneRules.check(spec.getFineTune(), violations);
    }

    @Override
    public List<String> uses(RunSpec spec) {
        FineTuneSpec tuning = spec.getFineTune();
        return tuning.getSplit().isEmpty() ? List.of(tuning.getSource()) : List.of(tuning.getSource(), tuning.getSplit());
    }

    @Override
    public void execute(RunContext run) throws IOException {
        TorchEngine.start(run.threads());
        FineTuneSpec spec = run.spec().getFineTune();
        run.progress("reading encoder and images", 0, 0, "image", Map.of());
        FineTuneImages data = FineTuneImages.read(run, spec);
        try (TrainedEncoder source = Inputs.encoder(run, spec.getSource())) {
            List<EditableLayer> layers = layers(source, spec);
            Set<String> trained = trained(source, layers, spec);
            TrainingRecipe recipe = recipe(source, data, spec.getRecipe());
            int[] indices = data.atLeast(recipe.getBatchSize());
            Precision precision = RecipeParts.use(recipe);
            run.log(LogEntry.Severity.INFO, "training in %s on %s, libtorch %s".formatted(precision.label(), run.device(), TorchEngine.version()));
            run.checkStop();
            try (StateDict tuned = train(run, new Setting(spec, source, trained, recipe, data, indices))) {
                FineTuneResult.Builder result = FineTuneResult.newBuilder()
                        .setTrainedParameters(trained.stream().mapToLong(name -> source.state().get(name).elements()).sum());
                publish(run, spec, new Tuned(source, tuned, layers, trained), recipe, data, result);
            }
        }
    }

    /** What is trained, on what. */
    private record Setting(
            FineTuneSpec spec, TrainedEncoder source, Set<String> trained, TrainingRecipe recipe, FineTuneImages data, int[] indices) {
        RecipeParts parts() {
            Mode mode = spec.getBatchStatistics() ? Mode.TRAINING : Mode.EVALUATION;
            AugmentationRecipe augmentation = RecipeAugmentation.of(recipe).with(source.identity().normalization());
            return new RecipeParts(
                    recipe, new PartlyFrozen(source.encoder(), trained, mode), augmentation, data.images().classNames().size());
        }
    }

    /** Trains to the end; the state of encoder and head, which the caller closes. */
    private static StateDict train(RunContext run, Setting setting) throws IOException {
        TrainingRecipe recipe = setting.recipe();
        RecipeParts parts = RecipeParts.fitting(setting::parts);
        try (TrainingStep step = RecipeParts.fitting(parts::step);
                AugmentedViews views = new AugmentedViews(
                        setting.data().images(), parts.augmentation(), setting.source().identity().side(), recipe.getSeed(), "fine-tune");
                CollapseMeter collapse = new CollapseMeter(
                        parts.model(), parts.augmentation().normalization(), setting.data().images(), setting.indices(), recipe.getSeed());
                PrefetchedViews ahead = new PrefetchedViews(new TrainingViews(views, setting.indices()));
                TrainingState state = ResumePointFiles.begin(run, () -> begin(step, setting))) {
            TrainingReport report = new TrainingReport(run, recipe.getBatchSize(), Optional.empty(), System::nanoTime);
            new ResumableTraining(run, recipe.getResumePointSteps(), collapse, Optional.empty(), Optional.empty(), report)
                    .run(new EncoderTraining(parts.plan(setting.indices().length), step, ahead), state);
            return state.model().copy();
        }
    }

    /** At a first start the encoder is the source's, and the head is drawn from the seed. */
    private static TrainingState begin(TrainingStep step, Setting setting) {
        TrainingState state = step.initialState(setting.recipe().getSeed());
        StateLayout.of(setting.source().encoder()).state()
                .forEach(tensor -> state.model().putCopy(tensor.name(), setting.source().state().get(tensor.name())));
        return state;
    }

    /** The encoders before and after. */
    private record Tuned(TrainedEncoder source, StateDict tuned, List<EditableLayer> layers, Set<String> trained) {}

    private static void publish(
            RunContext run, FineTuneSpec spec, Tuned encoders, TrainingRecipe recipe, FineTuneImages data, FineTuneResult.Builder result)
            throws IOException {
        TrainedEncoder source = encoders.source();
        try (StateDict state = source.state().copy()) {
            if (spec.hasUnit()) {
                restore(spec, encoders, state);
            } else {
                StateLayout.of(source.encoder()).state().forEach(tensor -> state.putCopy(tensor.name(), encoders.tuned().get(tensor.name())));
            }
            run.progress("scoring the head", 0, 0, "image", Map.of());
            TorchEngine.use(Precision.FLOAT32);
            HeadAccuracy head = new HeadAccuracy(
                    source.encoder(), state, source.identity().normalization(),
                    encoders.tuned().get(HEAD + "weight").floats(), encoders.tuned().get(HEAD + "bias").floats());
            ProbeAccuracy training = head.of(data.images(), data.training(), images -> run.checkStop());
            ProbeAccuracy heldOut = head.of(data.images(), data.heldOut(), images -> run.checkStop());
            EncoderEdit changes = ChangedUnits.between(source, state, encoders.layers(), encoders.trained());
            Path folder = run.scratch().resolve("checkpoint");
            String digest = source.writeChanged(folder, state, details(spec, source, data, recipe)).sha256(TrainedEncoder.ENCODER);
            result.setTrainAccuracy(training.accuracy())
                    .setTestAccuracy(heldOut.accuracy())
                    .setTrainImages(training.total())
                    .setTestImages(heldOut.total())
                    .setClasses(data.images().classNames().size())
                    .setChanges(changes.toBuilder().setResultSha256(digest));
            run.publish("result", "fine-tune", Map.of(
                    SummaryFile.RESULT, SummaryFile.write(result.build(), run.scratch(), SummaryFile.RESULT),
                    "units.csv", ChangedUnits.write(changes, run.scratch())));
            run.publish("checkpoint", "checkpoint", ResumePointFiles.filesOf(folder));
        }
    }

    private static void restore(FineTuneSpec spec, Tuned encoders, StateDict state) {
        try {
            UnitRestore.apply(state, encoders.tuned(), encoders.layers().getFirst(), spec.getUnit(), FineTuneRules.scope(spec));
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec("spec." + e.getMessage());
        }
    }

    private static Map<String, String> details(FineTuneSpec spec, TrainedEncoder source, FineTuneImages data, TrainingRecipe recipe) {
        return Map.of(
                "edit", "fine_tune",
                "edit_source_sha256", source.weightsDigest(),
                "edit_layers", String.join(",", spec.getLayersList()),
                "edit_unit", spec.hasUnit() ? Integer.toString(spec.getUnit()) : "",
                "edit_dataset_digest", data.images().digest(),
                "edit_recipe", RunSpecs.toJson(recipe));
    }

    private static List<EditableLayer> layers(TrainedEncoder source, FineTuneSpec spec) {
        if (spec.getLayersCount() == 0) {
            return List.of();
        }
        try {
            List<EditableLayer> layers = EditableLayers.of(source.encoder()).named(spec.getLayersList());
            if (spec.hasUnit() && spec.getUnit() >= layers.getFirst().units()) {
                throw RunFailure.invalidSpec("spec.unit: %s has units 0 to %d, not %d"
                        .formatted(layers.getFirst().path(), layers.getFirst().units() - 1, spec.getUnit()));
            }
            return layers;
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec("spec.layers: " + e.getMessage());
        }
    }

    /** Names of the parameters of the layers; a normalization's statistics are none. */
    private static Set<String> trained(TrainedEncoder source, List<EditableLayer> layers, FineTuneSpec spec) {
        Set<String> parameters = new HashSet<>(StateLayout.of(source.encoder()).parameters());
        Set<String> trained = new HashSet<>();
        layers.forEach(layer -> trained.addAll(layer.tensors(FineTuneRules.scope(spec))));
        trained.retainAll(parameters);
        return trained;
    }

    private static TrainingRecipe recipe(TrainedEncoder source, FineTuneImages data, TrainingRecipe asked) {
        int batch = asked.getBatchSize() == 0
                ? Math.clamp(data.training().length, 2, RecipeDefaults.BATCH_SIZE)
                : asked.getBatchSize();
        TrainingRecipe recipe = asked.toBuilder()
                .setNetwork(source.encoder().name())
                .putAllNetworkOptions(source.encoder().options())
                .setObjective(FineTuneRules.OBJECTIVE)
                .setBatchSize(batch)
                .build();
        return RecipeDefaults.fill(recipe, Math.max(batch, data.training().length));
    }
}
