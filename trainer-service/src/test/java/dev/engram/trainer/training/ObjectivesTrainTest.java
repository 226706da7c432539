package dev.engram.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.optim.RenyiAccountant;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.runs.RunFailure;
import dev.engram.testing.FolderRunContext;
import dev.engram.trainer.FolderRun;
import dev.engram.trainer.SmallPair;
import dev.engram.trainer.recipe.NamedRecipes;
import dev.engram.trainer.recipe.RecipeVocabulary;
import dev.engram.v1.DpSgd;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.RunError;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every objective, by the names of recipes, on 60 images for one epoch of three steps. */
class ObjectivesTrainTest {
    private static SmallPair pair;

    @BeforeAll
    static void prepare(@TempDir Path folder) throws Exception {
        TorchEngine.start(1);
        pair = SmallPair.in(folder);
    }

    static Stream<String> objectives() {
        return RecipeVocabulary.OBJECTIVES.stream();
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void trainsAnEncoderThatCanBeReadBack(String objective) throws Exception {
        FolderRun run = pair.run("train-" + objective.replace('_', '-'), TrainEncoderSpec.Side.CANDIDATE, small(objective));
        assertEquals(3, run.series.get("loss").size());
        assertTrue(run.series.get("loss").values().stream().allMatch(Double::isFinite));
        try (TrainedEncoder encoder = TrainedEncoder.read(run.artifact("checkpoint"))) {
            assertEquals(3, encoder.manifest().step());
            assertTrue(encoder.manifest().details().get("recipe").contains("\"" + objective + "\""));
        }
    }

    @Test
    void aTeacherIsPartOfWhatATrainingResumesFrom() throws Exception {
        TrainingRecipe byol = small("byol").toBuilder().setResumePointSteps(1).build();
        FolderRun whole = pair.run("byol", TrainEncoderSpec.Side.CANDIDATE, byol);
        RunSpec spec = pair.training(TrainEncoderSpec.Side.CANDIDATE, byol);
        FolderRun dead = pair.f().next("byol-again", spec).dieAfter(step -> step == 2);
        assertThrows(FolderRunContext.Death.class, () -> dead.execute(new TrainEncoderTask()));
        FolderRun resumed = pair.f().next("byol-again", spec).execute(new TrainEncoderTask());
        assertFalse(dead.resumePoints.isEmpty());
        assertEquals(
                SmallPair.digests(whole.artifact("checkpoint")), SmallPair.digests(resumed.artifact("checkpoint")));
    }

    @Test
    void aPrivateTrainingSaysWhatItHasSpentAndResumesInTheSameBytes() throws Exception {
        TrainingRecipe recipe = small("supervised").toBuilder()
                .setNetwork("mlp")
                .putAllNetworkOptions(Map.of("width", "16", "depth", "1"))
                .setResumePointSteps(1)
                .setDpSgd(DpSgd.newBuilder().setNoiseMultiplier(1.1))
                .build();
        FolderRun whole = pair.run("private", TrainEncoderSpec.Side.CANDIDATE, recipe);
        RenyiAccountant accountant = new RenyiAccountant(20.0 / 60, 1.1);
        for (long step = 1; step <= 3; step++) {
            assertEquals(accountant.epsilon(step, 1 / 600.0), whole.series.get("epsilon").get(step), 1e-12);
        }
        RunSpec spec = pair.training(TrainEncoderSpec.Side.CANDIDATE, recipe);
        FolderRun dead = pair.f().next("private-again", spec).dieAfter(step -> step == 2);
        assertThrows(FolderRunContext.Death.class, () -> dead.execute(new TrainEncoderTask()));
        FolderRun resumed = pair.f().next("private-again", spec).execute(new TrainEncoderTask());
        assertEquals(
                SmallPair.digests(whole.artifact("checkpoint")), SmallPair.digests(resumed.artifact("checkpoint")));

        TrainingRecipe normalized = recipe.toBuilder().setNetwork("resnet9").clearNetworkOptions().build();
        RunFailure refused = assertThrows(
                RunFailure.class, () -> pair.run("normalized", TrainEncoderSpec.Side.CANDIDATE, normalized));
        assertEquals(RunError.Category.INVALID_SPEC, refused.category());
        assertTrue(refused.getMessage().startsWith("spec.recipe: dp_sgd: "), refused.getMessage());
    }

    static Stream<NamedRecipe> presets() {
        return NamedRecipes.all().stream();
    }

    /** Whether network, objective, optimizer and views of a preset go together; compiled, but with no weights. */
    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetIsATrainingStep(NamedRecipe preset) {
        TrainingRecipe recipe = preset.getRecipe();
        boolean large = recipe.getNetworkOptionsOrDefault("stem", "").equals("7x7")
                || recipe.getNetworkOptionsOrDefault("patch", "").equals("16");
        RecipeParts parts = new RecipeParts(recipe, large ? 224 : 32, 10);
        try (TrainingStep step = parts.step()) {
            assertTrue(parts.plan(recipe.getBatchSize() * 3).schedules().keySet().containsAll(step.scalars()));
        }
    }

    private static TrainingRecipe small(String objective) {
        TrainingRecipe.Builder recipe = TrainingRecipe.newBuilder()
                .setObjective(objective)
                .setEpochs(1)
                .setBatchSize(20)
                .setSeed(3);
        if (!List.of("mae", "supervised").contains(objective)) {
            recipe.addAllProjector(objective.equals("dino") ? List.of(16, 16, 8, 32) : List.of(32, 16));
        }
        if (List.of("dino", "mae", "msn", "pmsn").contains(objective)) {
            recipe.setNetwork("vit_tiny").putAllNetworkOptions(
                    Map.of("patch", "8", "width", "32", "depth", "2", "heads", "2"));
        }
        if (objective.equals("mae")) {
            recipe.putAllObjectiveOptions(Map.of("decoder_width", 16.0, "decoder_depth", 1.0, "decoder_heads", 2.0));
        }
        if (objective.endsWith("msn")) {
            recipe.putObjectiveOptions("prototypes", 16);
        }
        return recipe.build();
    }
}
