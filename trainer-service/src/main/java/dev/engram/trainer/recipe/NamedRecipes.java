package dev.engram.trainer.recipe;

import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.NamedRecipe;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.stream.Stream;

/** The recipes that have a name, every default filled in; those of the demo bring the sizes of their split. */
public final class NamedRecipes {
    private NamedRecipes() {}

    /** All of them: those of the demo first, then those of the papers. */
    public static List<NamedRecipe> all() {
        return Stream.concat(Stream.of(demoQuick(), demo(), simclrCifar()), PaperRecipes.all().stream()).toList();
    }

    private static NamedRecipe demoQuick() {
        return named(
                "demo-quick",
                "A pair in under two minutes on two free cores: 128 of Fashion-MNIST's test images a side, learned nearly by heart.",
                split(64, 64, 200, 1500),
                fashion().setEpochs(160).setBatchSize(32));
    }

    private static NamedRecipe demo() {
        return named(
                "demo",
                "A pair in about ten minutes on two free cores that shows where it memorizes: 300 of Fashion-MNIST's test images "
                        + "a side, seen 500 times each.",
                split(100, 200, 400, 3000),
                fashion().setEpochs(500).setBatchSize(50));
    }

    /** A low temperature and a high rate: what sets images apart is learned fast, and single images are learned by heart. */
    private static TrainingRecipe.Builder fashion() {
        return TrainingRecipe.newBuilder().setTemperature(0.1).setLearningRate(2e-3).setAugmentation("fashion-grey");
    }

    private static NamedRecipe simclrCifar() {
        return named(
                "simclr-cifar",
                "SimCLR on CIFAR-10's 60,000 images at the sizes of Wang et al., NeurIPS 2024 (80/10/10, 600 epochs, LARS); "
                        + "batch 512 where the paper has 4096. Days on two cores: for a GPU.",
                split(40_000, 5000, 5000, 0),
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
