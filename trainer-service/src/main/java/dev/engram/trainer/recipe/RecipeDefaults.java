package dev.engram.trainer.recipe;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.features.CutFeatures;
import dev.engram.encoders.method.MethodFamily;
import dev.engram.encoders.method.Methods;
import dev.engram.encoders.method.TeacherMomentum;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.inputs.AugmentationMessages;
import dev.engram.trainer.probe.LayerFeatures;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OnlineAttack;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a recipe means where it says nothing. A run's spec is stored with all of it filled in. */
public final class RecipeDefaults {
    public static final int BATCH_SIZE = 128;
    public static final int PROBE_IMAGES = 1000;
    public static final int PROBE_NEIGHBORS = 20;
    public static final int ATTACK_IMAGES = 500;
    public static final int ATTACK_PUBLIC_IMAGES = 2000;
    /** As the attack was published with. */
    public static final int ATTACK_NEIGHBORS = 20;
    private static final double ATTACK_FRACTION = 0.3;
    private static final double ADAM_LEARNING_RATE = 1e-3;
    /** Chen and He 2021 (SimSiam): 0.05 for every 256 images of a batch. */
    private static final double SGD_LEARNING_RATE_PER_256 = 0.05;
    /** You, Gitman, Ginsburg 2017, as SimCLR uses it: 0.3 for every 256 images of a batch. */
    private static final double LARS_LEARNING_RATE_PER_256 = 0.3;

    private static final double WEIGHT_DECAY = 1e-6;
    private static final double ADAMW_WEIGHT_DECAY = 0.05;
    private static final double WARMUP_SHARE = 0.1;
    private static final int FALLS = 3;
    private static final int PROBES = 10;
    private static final int FEWEST_RESUME_POINT_STEPS = 100;

    private RecipeDefaults() {}

    /**
     * The same recipe with every field set.
     *
     * @param recipe one that {@link RecipeRules} accepts
     * @param images training images of one encoder, at least the batch size
     */
    public static TrainingRecipe fill(TrainingRecipe recipe, int images) {
        TrainingRecipe.Builder full = fill(recipe).toBuilder();
        if (!full.hasResumePointSteps()) {
            full.setResumePointSteps(resumePointSteps(images / full.getBatchSize()));
        }
        if (full.hasDpSgd() && !full.getDpSgd().hasDelta()) {
            full.getDpSgdBuilder().setDelta(1.0 / (10.0 * images));
        }
        return full.build();
    }

    /** The same recipe with every field set that does not depend on the number of training images. */
    public static TrainingRecipe fill(TrainingRecipe recipe) {
        TrainingRecipe.Builder full = recipe.toBuilder();
        setIfEmpty(recipe.getNetwork(), RecipeVocabulary.NETWORKS, full::setNetwork);
        setIfEmpty(recipe.getObjective(), RecipeVocabulary.OBJECTIVES, full::setObjective);
        setIfEmpty(recipe.getOptimizer(), RecipeVocabulary.OPTIMIZERS, full::setOptimizer);
        setIfEmpty(recipe.getPrecision(), RecipeVocabulary.PRECISIONS, full::setPrecision);
        if (recipe.getBatchSize() == 0) {
            full.setBatchSize(BATCH_SIZE);
        }
        full.putAllNetworkOptions(
                Networks.family(full.getNetwork()).options(recipe.getNetworkOptionsMap()).values());
        fillAugmentation(full);
        fillObjective(full);
        fillOptimizer(full);
        fillSchedule(full);
        if (full.hasOnlineProbes()) {
            fillProbes(full.getOnlineProbesBuilder(), full.getEpochs());
        }
        if (full.hasOnlineAttack()) {
            fillAttack(full.getOnlineAttackBuilder(), full.getEpochs(), full.getProjectorCount() > 0);
        }
        if (full.hasDpSgd() && !full.getDpSgd().hasClipNorm()) {
            full.getDpSgdBuilder().setClipNorm(1);
        }
        return full.build();
    }

    private static void fillAugmentation(TrainingRecipe.Builder full) {
        if (full.hasAugmentationValues()) {
            String own = full.getAugmentationValues().getName();
            if (full.getAugmentation().isEmpty()) {
                full.setAugmentation(own.isBlank() ? "custom" : own);
            }
            return;
        }
        if (full.getAugmentation().isEmpty()) {
            full.setAugmentation(Objectives.augmentation(Methods.family(full.getObjective())));
        }
        full.setAugmentationValues(AugmentationMessages.message(AugmentationRecipe.named(full.getAugmentation())));
    }

    private static void fillObjective(TrainingRecipe.Builder full) {
        MethodFamily objective = Methods.family(full.getObjective());
        Map<String, Double> set = new HashMap<>(full.getObjectiveOptionsMap());
        if (full.hasTemperature()) {
            set.putIfAbsent(RecipeRules.TEMPERATURE, full.getTemperature());
        }
        full.putAllObjectiveOptions(objective.options(set).values());
        if (Objectives.hasOption(objective, RecipeRules.TEMPERATURE)) {
            full.setTemperature(full.getObjectiveOptionsOrThrow(RecipeRules.TEMPERATURE));
        }
        if (full.getProjectorCount() == 0) {
            full.addAllProjector(objective.projector());
        }
        if (full.getProjectorCount() > 0 && full.getProjectorStyle().isEmpty()) {
            full.setProjectorStyle(objective.style().map(ProjectorStyle::text).orElse(""));
        }
        if (full.getOptimizerOptions().getUndecayedCount() == 0) {
            full.getOptimizerOptionsBuilder().addAllUndecayed(objective.undecayed());
        }
        fillAverage(full, objective.teacher());
    }

    private static void fillAverage(TrainingRecipe.Builder full, Optional<TeacherMomentum> teacher) {
        if (full.getEmaMomentum() == 0) {
            full.setEmaMomentum(teacher.map(TeacherMomentum::first).orElse(0.0));
        }
        if (!full.hasEmaFinalMomentum()) {
            full.setEmaFinalMomentum(teacher.map(TeacherMomentum::last).orElse(full.getEmaMomentum()));
        }
        if (full.getEmaSchedule().isEmpty()) {
            boolean linear = teacher.map(TeacherMomentum::linear).orElse(false);
            full.setEmaSchedule(RecipeVocabulary.AVERAGE_SCHEDULES.get(linear ? 1 : 0));
        }
    }

    private static void fillOptimizer(TrainingRecipe.Builder full) {
        if (!full.hasLearningRate()) {
            full.setLearningRate(learningRate(full.getOptimizer(), full.getBatchSize()));
        }
        if (!full.hasWeightDecay()) {
            full.setWeightDecay(full.getOptimizer().equals("adamw") ? ADAMW_WEIGHT_DECAY : WEIGHT_DECAY);
        }
        OptimizerOptions.Builder options = full.getOptimizerOptionsBuilder();
        OptimizerOptionTable.TABLE.fill(options, full.getOptimizer());
        if (!options.hasFinalWeightDecay()) {
            options.setFinalWeightDecay(full.getWeightDecay());
        }
    }

    private static void fillSchedule(TrainingRecipe.Builder full) {
        LearningRateSchedule.Builder schedule = full.getScheduleBuilder();
        setIfEmpty(schedule.getName(), RecipeVocabulary.SCHEDULES, schedule::setName);
        ScheduleOptionTable.TABLE.fill(schedule, schedule.getName());
        if (schedule.getName().equals("step") && schedule.getMilestonesCount() == 0 && !schedule.hasStepSize()) {
            schedule.setStepSize((double) full.getEpochs() / FALLS);
        }
        if (!full.hasWarmupEpochs()) {
            full.setWarmupEpochs(schedule.getName().equals("warmup_cosine") ? full.getEpochs() * WARMUP_SHARE : 0);
        }
    }

    private static void fillProbes(OnlineProbes.Builder probes, int epochs) {
        if (probes.getLayersCount() == 0) {
            probes.addLayers(LayerFeatures.OUTPUT);
        }
        if (probes.getEveryEpochs() == 0) {
            probes.setEveryEpochs(Math.max(1, epochs / PROBES));
        }
        if (probes.getImages() == 0) {
            probes.setImages(PROBE_IMAGES);
        }
        if (probes.getK() == 0) {
            probes.setK(Math.min(PROBE_NEIGHBORS, probes.getImages()));
        }
    }

    private static void fillAttack(OnlineAttack.Builder attack, int epochs, boolean projected) {
        if (attack.getEveryEpochs() == 0) {
            attack.setEveryEpochs(Math.max(1, epochs / PROBES));
        }
        if (attack.getImages() == 0) {
            attack.setImages(ATTACK_IMAGES);
        }
        if (attack.getPublicImages() == 0) {
            attack.setPublicImages(ATTACK_PUBLIC_IMAGES);
        }
        if (attack.getK() == 0) {
            attack.setK(Math.min(ATTACK_NEIGHBORS, attack.getPublicImages()));
        }
        setIfEmpty(attack.getCrop(), RecipeVocabulary.ATTACK_CROPS, attack::setCrop);
        if (attack.getFraction() == 0) {
            attack.setFraction(ATTACK_FRACTION);
        }
        setIfEmpty(attack.getCut(), List.of(projected ? CutFeatures.PROJECTOR : CutFeatures.BACKBONE), attack::setCut);
    }

    /** Whole epochs, and rarely enough that saving costs little beside training. */
    private static long resumePointSteps(int stepsPerEpoch) {
        return (long) Math.ceilDiv(FEWEST_RESUME_POINT_STEPS, stepsPerEpoch) * stepsPerEpoch;
    }

    private static double learningRate(String optimizer, int batch) {
        return switch (optimizer) {
            case "lars" -> LARS_LEARNING_RATE_PER_256 * batch / 256;
            case "sgd" -> SGD_LEARNING_RATE_PER_256 * batch / 256;
            default -> ADAM_LEARNING_RATE;
        };
    }

    private static void setIfEmpty(String name, List<String> known, Consumer<String> setter) {
        if (name.isEmpty()) {
            setter.accept(known.getFirst());
        }
    }
}
