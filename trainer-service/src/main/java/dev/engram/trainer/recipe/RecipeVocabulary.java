package dev.engram.trainer.recipe;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.method.Methods;
import dev.engram.encoders.network.NetworkFamily;
import dev.engram.encoders.network.NetworkOption;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.v1.RecipeChoice;
import dev.engram.v1.RecipeOption;
import dev.engram.v1.TrainingVocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The names a recipe may use; the first of each list is the default. */
public final class RecipeVocabulary {
    public static final List<String> NETWORKS = Networks.names();
    public static final List<String> OBJECTIVES = Methods.names();
    public static final List<String> AUGMENTATIONS = List.copyOf(AugmentationRecipe.names());
    public static final List<String> PRECISIONS = Stream.of(Precision.values()).map(Precision::label).toList();
    public static final List<String> PROJECTOR_STYLES = Stream.of(ProjectorStyle.values()).map(ProjectorStyle::text).toList();
    public static final List<String> AVERAGE_SCHEDULES = List.of("cosine", "linear");
    public static final List<String> ATTACK_CROPS = List.of("lower_left", "lower_right", "upper_left", "upper_right", "periphery");

    private static final Map<String, String> OPTIMIZER_MEANINGS = ordered(
            "adam", "Kingma and Ba, ICLR 2015; weight decay as an L2 term.",
            "adamw", "Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019).",
            "sgd", "Stochastic gradient descent with momentum.",
            "lars", "Momentum scaled layer by layer for large batches (You et al., 2017).");

    private static final Map<String, String> SCHEDULE_MEANINGS = ordered(
            "warmup_cosine", "Rises linearly, then falls along half a cosine.",
            "step", "Falls by a factor at milestones, or every so many epochs.",
            "one_cycle", "Rises and falls once, each along half a cosine (PyTorch's OneCycleLR).",
            "constant", "Stays at the peak after the warm-up.");

    public static final List<String> OPTIMIZERS = List.copyOf(OPTIMIZER_MEANINGS.keySet());
    public static final List<String> SCHEDULES = List.copyOf(SCHEDULE_MEANINGS.keySet());

    private RecipeVocabulary() {}

    /** All of it with the options that go with each name. */
    public static TrainingVocabulary describe() {
        TrainingVocabulary.Builder all = TrainingVocabulary.newBuilder();
        Networks.families().forEach(family -> all.addNetworks(network(family)));
        Methods.families().forEach(objective -> all.addObjectives(Objectives.describe(objective)));
        OPTIMIZER_MEANINGS.forEach((name, meaning) ->
                all.addOptimizers(choice(name, meaning, OptimizerOptionTable.TABLE.describe(name))));
        SCHEDULE_MEANINGS.forEach((name, meaning) ->
                all.addSchedules(choice(name, meaning, ScheduleOptionTable.TABLE.describe(name))));
        AUGMENTATIONS.forEach(name -> all.addAugmentations(choice(name, "", List.of())));
        return all.build();
    }

    private static RecipeChoice network(NetworkFamily family) {
        return choice(
                family.name(),
                family.title() + "; " + family.source(),
                family.options().stream().map(RecipeVocabulary::option).toList());
    }

    private static RecipeOption option(NetworkOption option) {
        RecipeOption.Builder described = RecipeOption.newBuilder()
                .setName(option.name())
                .setDefaultValue(option.defaultValue())
                .setRange(option.range())
                .setMeaning(option.meaning());
        return switch (option.type()) {
            case INTEGER -> described.setType(RecipeOption.Type.INTEGER).build();
            case FLAG -> described.setType(RecipeOption.Type.BOOLEAN).build();
            case CHOICE -> described.setType(RecipeOption.Type.TEXT).addAllChoices(option.choices()).build();
        };
    }

    private static RecipeChoice choice(String name, String meaning, List<RecipeOption> options) {
        return RecipeChoice.newBuilder().setName(name).setMeaning(meaning).addAllOptions(options).build();
    }

    private static Map<String, String> ordered(String... namesAndMeanings) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMeanings.length; i += 2) {
            ordered.put(namesAndMeanings[i], namesAndMeanings[i + 1]);
        }
        return ordered;
    }
}
