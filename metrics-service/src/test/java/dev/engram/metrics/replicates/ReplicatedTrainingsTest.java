package dev.engram.metrics.replicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.runs.ResolvedPair;
import dev.engram.testing.FolderRunContext;
import dev.engram.v1.ImportEncoderSpec;
import dev.engram.v1.LayerMemSpec;
import dev.engram.v1.ProbeSpec;
import dev.engram.v1.RunSpec;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicatedTrainingsTest {
    private static final TrainingRecipe RECIPE = TrainingRecipe.newBuilder().setNetwork("resnet9").setEpochs(3).build();

    private final Map<String, RunSpec> specs = new HashMap<>();
    private final Map<String, ResolvedPair> pairs = new HashMap<>();
    private final ReplicatedTrainings trainings = new ReplicatedTrainings(new Context(specs, pairs));

    @Test
    void pairsThatDifferInTheirSeedAreReplicates() {
        pair("a", "splits/s", RECIPE.toBuilder().setSeed(1).build());
        pair("b", "splits/s", RECIPE.toBuilder().setSeed(2).build());
        trainings.add(1, layerMem("a"));
        trainings.add(1, probe("pairs/a"));
        trainings.add(2, layerMem("b"));
        assertEquals(List.of(), trainings.warnings());
        assertTrue(trainings.isOfOneSplit());
    }

    @Test
    void otherDifferencesAreNamedAllAtOnce() {
        pair("a", "splits/s", RECIPE);
        pair("b", "splits/t", RECIPE.toBuilder().setEpochs(4).setAugmentation("simclr-weak").build());
        specs.put("encoders/i", RunSpec.newBuilder().setImportEncoder(ImportEncoderSpec.getDefaultInstance()).build());
        trainings.add(1, layerMem("a"));
        trainings.add(2, layerMem("b"));
        trainings.add(3, probe("encoders/i"));
        assertEquals(
                List.of(
                        "The pairs are over different splits (splits/s, splits/t): they were not trained on the same images, and no images are compared.",
                        "The trainings differ in more than their seed: augmentation, epochs.",
                        "How it was trained is not known of encoders/i."),
                trainings.warnings());
        assertFalse(trainings.isOfOneSplit());
    }

    /** Other views of the same encoders are no other training. */
    @Test
    void onePairTwiceIsOneTraining() {
        pair("a", "splits/s", RECIPE);
        trainings.add(1, layerMem("a"));
        trainings.add(2, layerMem("a"));
        assertEquals(List.of("2 seeds are of pairs/a, which is one training: they say nothing about others."), trainings.warnings());
    }

    private void pair(String id, String split, TrainingRecipe recipe) {
        String name = "pairs/" + id;
        pairs.put(name, new ResolvedPair(name, "encoders/" + id + "-f", "encoders/" + id + "-g", split, "datasets/d"));
        RunSpec maker = RunSpec.newBuilder().setTrainEncoder(TrainEncoderSpec.newBuilder().setRecipe(recipe)).build();
        specs.put("encoders/" + id + "-f", maker);
        specs.put("encoders/" + id + "-g", maker);
    }

    private static RunSpec layerMem(String pair) {
        return RunSpec.newBuilder().setLayerMem(LayerMemSpec.newBuilder().setPair("pairs/" + pair)).build();
    }

    private static RunSpec probe(String of) {
        ProbeSpec.Builder spec = ProbeSpec.newBuilder();
        return RunSpec.newBuilder().setProbe(of.startsWith("pairs/") ? spec.setPair(of) : spec.setEncoder(of)).build();
    }

    /** A run that knows resources and reads none. */
    private static final class Context extends FolderRunContext {
        Context(Map<String, RunSpec> specs, Map<String, ResolvedPair> pairs) {
            super(Path.of("unused"), "r", RunSpec.getDefaultInstance(), specs, pairs);
        }

        @Override
        public Path input(String resource) {
            throw new IllegalStateException("nothing is read of " + resource);
        }

        @Override
        public boolean stopRequested() {
            return false;
        }

        @Override
        public void checkStop() {}
    }
}
