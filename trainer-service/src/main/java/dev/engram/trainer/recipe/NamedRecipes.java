package dev.engram.trainer.recipe;

import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.TrainingRecipe;
import java.util.List;

/** The recipes that have a name, every default filled in; those of the demo bring the sizes of their split. */
public final class NamedRecipes {
    private NamedRecipes() {}

    /** All of them, smallest first. */
    public static List<NamedRecipe> all() {
        return List.of(demoQuick(), demo(), simclrCifar());
    }

    private static NamedRecipe demoQuick() {
        CreateSplitSpec split = split(128, 128, 256, 1500);
        return named(
                "demo-quick",
                "A pair in about a minute on two cores: Fashion-MNIST's test images, small enough to be learned by heart.",
                split,
                TrainingRecipe.newBuilder()
                        .setEpochs(100)
                        .setBatchSize(64)
                        .setTemperature(0.1)
                        .setLearningRate(2e-3)
                        .setAugmentation("simclr-normal"));
    }

    private static NamedRecipe demo() {
        CreateSplitSpec split = split(400, 400, 600, 3000);
        return named(
                "demo",
                "A pair in about ten minutes on two cores that shows where it memorizes: Fashion-MNIST's test images.",
                split,
                TrainingRecipe.newBuilder()
                        .setEpochs(300)
                        .setBatchSize(100)
                        .setTemperature(0.1)
                        .setLearningRate(2e-3)
                        .setAugmentation("simclr-normal"));
    }

    private static NamedRecipe simclrCifar() {
        CreateSplitSpec split = split(40_000, 5000, 5000, 0);
        return named(
                "simclr-cifar",
                "SimCLR on CIFAR-10's 60,000 images at the sizes of Wang et al., NeurIPS 2024 (80/10/10, 600 epochs, LARS); "
                        + "batch 512 where the paper has 4096. Days on two cores: for a GPU.",
                split,
                TrainingRecipe.newBuilder()
                        .setNetwork("resnet9")
                        .setEpochs(600)
                        .setWarmupEpochs(60)
                        .setBatchSize(512)
                        .setOptimizer("lars")
                        .setAugmentation("simclr-normal"));
    }

    private static CreateSplitSpec split(int shared, int candidate, int external, int publicSet) {
        return CreateSplitSpec.newBuilder()
                .setSeed(1)
                .setShared(shared)
                .setCandidate(candidate)
                .setIndependent(candidate)
                .setExternal(external)
                .setPublicSet(publicSet)
                .build();
    }

    private static NamedRecipe named(
            String id, String description, CreateSplitSpec split, TrainingRecipe.Builder recipe) {
        int images = split.getShared() + split.getCandidate();
        return NamedRecipe.newBuilder()
                .setId(id)
                .setDescription(description)
                .setRecipe(RecipeDefaults.fill(recipe.build(), images))
                .setSplit(split)
                .build();
    }
}
