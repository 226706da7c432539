package dev.engram.trainer.training;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.engine.Precision;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.method.MethodSetting;
import dev.engram.encoders.method.MethodSetting.ViewGroupSize;
import dev.engram.encoders.method.Methods;
import dev.engram.encoders.method.TrainingMethod;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.PrivateGradient;
import dev.engram.encoders.optim.RenyiAccountant;
import dev.engram.encoders.optim.Schedule;
import dev.engram.encoders.train.TrainingPlan;
import dev.engram.encoders.train.TrainingPlan.Sampling;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.runs.RunFailure;
import dev.engram.v1.DpSgd;
import dev.engram.v1.TrainEncoderSpec;
import dev.engram.v1.TrainingRecipe;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** From the words of a recipe, every default filled in, to the objects of the engine. */
final class RecipeParts {
    /** Of the images that networks are trained on. */
    static final int CHANNELS = 3;

    private final TrainingRecipe recipe;
    private final AugmentationRecipe augmentation;
    private final TrainingMethod method;

    /**
     * @param side height and width of the images
     * @param classes of the data set
     * @throws IllegalArgumentException if network, objective, augmentation and images do not go together
     */
    RecipeParts(TrainingRecipe recipe, int side, int classes) {
        this(
                recipe,
                Networks.encoder(recipe.getNetwork(), CHANNELS, side, recipe.getNetworkOptionsMap()),
                RecipeAugmentation.of(recipe),
                classes);
    }

    /**
     * @param network in place of the recipe's own
     * @param augmentation likewise
     */
    RecipeParts(TrainingRecipe recipe, Network network, AugmentationRecipe augmentation, int classes) {
        int side = Math.toIntExact(network.input().getLast());
        this.recipe = recipe;
        this.augmentation = augmentation;
        this.method = Methods.family(recipe.getObjective()).make(
                recipe.getObjectiveOptionsMap(),
                new MethodSetting(
                        network,
                        recipe.getProjectorList(),
                        recipe.getProjectorStyle().isEmpty()
                                ? Optional.empty()
                                : Optional.of(ProjectorStyle.named(recipe.getProjectorStyle())),
                        augmentation.groups().stream()
                                .map(group -> new ViewGroupSize(group.views(), group.side(side)))
                                .toList(),
                        classes));
    }

    /**
     * What no rule can see before the images and the device are known: a network too large for them, a parameter or layer that is not there, a
     * precision that is a card's.
     *
     * @throws RunFailure INVALID_SPEC naming the recipe where {@code part} throws IllegalArgumentException
     */
    static <T> T fitting(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec("spec.recipe: " + e.getMessage());
        }
    }

    /** What this process multiplies in from now on, as the recipe asks; {@link RunFailure} as {@link #fitting} says. */
    static Precision use(TrainingRecipe recipe) {
        return fitting(() -> TorchEngine.use(Precision.named(recipe.getPrecision())));
    }

    /** Encoder and projector: what is kept and measured. */
    ProjectedEncoder model() {
        return method.model();
    }

    AugmentationRecipe augmentation() {
        return augmentation;
    }

    TrainingStep step() {
        boolean averaging = recipe.getEmaMomentum() > 0;
        Precision precision = Precision.named(recipe.getPrecision());
        if (!recipe.hasDpSgd()) {
            return TrainingStep.of(method, RecipeOptimizer.of(recipe), averaging, precision);
        }
        DpSgd privacy = recipe.getDpSgd();
        return TrainingStep.privately(
                method,
                RecipeOptimizer.of(recipe),
                averaging,
                precision,
                new PrivateGradient(
                        privacy.getClipNorm(), privacy.getNoiseMultiplier(), recipe.getBatchSize(), recipe.getSeed()));
    }

    /** What a private training has spent, if this is one. */
    Optional<PrivacySpent> privacy(int images) {
        return recipe.hasDpSgd()
                ? Optional.of(new PrivacySpent(
                        new RenyiAccountant(
                                (double) recipe.getBatchSize() / images, recipe.getDpSgd().getNoiseMultiplier()),
                        recipe.getDpSgd().getDelta()))
                : Optional.empty();
    }

    /** Probes while training, if the recipe wants some; there is a split then. */
    Optional<OnlineProber> prober(TrainingImages training, int threads) {
        return recipe.hasOnlineProbes()
                ? Optional.of(new OnlineProber(
                        recipe.getOnlineProbes(),
                        model(),
                        augmentation.normalization(),
                        training.images(),
                        training.split().orElseThrow(() -> new IllegalArgumentException("online_probes: needs a split")),
                        recipe.getSeed(),
                        threads))
                : Optional.empty();
    }

    /** Attacks while training, if the recipe wants some; this is a side of a split then. */
    Optional<OnlineAttacker> attacker(TrainingImages training, TrainEncoderSpec.Side side, StateDict state, int threads) {
        if (!recipe.hasOnlineAttack()) {
            return Optional.empty();
        }
        boolean reference = side == TrainEncoderSpec.Side.REFERENCE;
        return Optional.of(new OnlineAttacker(
                recipe.getOnlineAttack(),
                model(),
                augmentation.normalization(),
                training.images(),
                training.split().orElseThrow(() -> new IllegalArgumentException("online_attack: needs a split")),
                reference ? Part.INDEPENDENT : Part.CANDIDATE,
                reference ? Part.CANDIDATE : Part.INDEPENDENT,
                state,
                recipe.getSeed(),
                threads));
    }

    /** @param images places of an epoch, at least the batch size */
    TrainingPlan plan(int images) {
        int stepsPerEpoch = images / recipe.getBatchSize();
        RecipeSchedules schedules = new RecipeSchedules(recipe, stepsPerEpoch);
        Map<String, Schedule> numbers = new HashMap<>(method.schedules(stepsPerEpoch));
        numbers.put(TrainingStep.MOMENTUM, schedules.averageMomentum());
        return new TrainingPlan(
                recipe.getSeed(),
                images,
                recipe.getBatchSize(),
                recipe.getEpochs(),
                new OptimizerSchedule(schedules.learningRate(), schedules.weightDecay(), schedules.momentum()),
                numbers,
                recipe.hasDpSgd() ? Sampling.POISSON : Sampling.SHUFFLED);
    }
}
