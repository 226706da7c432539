package dev.engram.trainer.recipe;

import dev.engram.encoders.network.NetworkFamily;
import dev.engram.encoders.network.NetworkOption;
import dev.engram.encoders.network.Networks;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.trainer.dataset.AugmentationRules;
import dev.engram.v1.DpSgd;
import dev.engram.v1.LearningRateSchedule;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import dev.engram.v1.TrainingRecipe;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What must hold for a recipe, as it comes from a user: unset fields are fine, they have defaults. */
public final class RecipeRules {
    /** The hyper-parameter that has a field of its own too. */
    static final String TEMPERATURE = "temperature";

    private static final int MOST_EPOCHS = 1_000_000;
    private static final int LARGEST_BATCH = 65_536;
    private static final int WIDEST_LAYER = 65_536;
    private static final int MOST_PROJECTOR_LAYERS = 8;

    private final TrainingRecipe recipe;
    private final String path;
    private final FieldViolations violations;

    private RecipeRules(TrainingRecipe recipe, String path, FieldViolations violations) {
        this.recipe = recipe;
        this.path = path;
        this.violations = violations;
    }

    /**
     * Reports every field that cannot be meant.
     *
     * @param path of the recipe in the request, e.g. {@code spec.recipe}
     */
    public static void check(TrainingRecipe recipe, String path, FieldViolations violations) {
        RecipeRules rules = new RecipeRules(recipe, path, violations);
        rules.checkNames();
        rules.checkNetworkOptions();
        rules.checkShapes();
        rules.checkObjective();
        rules.checkRates();
        rules.checkDuration();
        rules.checkSchedule();
        rules.checkProbes();
        rules.checkPrivacy();
    }

    /**
     * Reports a batch that is larger than the training data.
     *
     * @param images training images of one encoder: shared and candidate, or shared and independent
     */
    public static void checkBatch(TrainingRecipe recipe, int images, String path, FieldViolations violations) {
        int batch = recipe.getBatchSize() == 0 ? RecipeDefaults.BATCH_SIZE : recipe.getBatchSize();
        violations.require(
                batch <= images,
                path + ".batch_size",
                "must be at most the %d training images of an encoder, is %d%s"
                        .formatted(images, batch, recipe.getBatchSize() == 0 ? " by default" : ""));
    }

    /** Reports probes while training on a split that has nothing to learn them from. */
    public static void checkProbes(TrainingRecipe recipe, int publicImages, String path, FieldViolations violations) {
        violations.require(
                !recipe.hasOnlineProbes() || publicImages > 0,
                path + ".online_probes",
                "needs a split with a public set to learn from");
    }

    private void checkNames() {
        checkName("network", recipe.getNetwork(), RecipeVocabulary.NETWORKS);
        checkName("objective", recipe.getObjective(), RecipeVocabulary.OBJECTIVES);
        checkName("optimizer", recipe.getOptimizer(), RecipeVocabulary.OPTIMIZERS);
        if (recipe.hasAugmentationValues()) {
            AugmentationRules.recipe(recipe.getAugmentationValues(), path + ".augmentation_values", violations);
        } else {
            checkName("augmentation", recipe.getAugmentation(), RecipeVocabulary.AUGMENTATIONS);
        }
    }

    private void checkShapes() {
        int batch = recipe.getBatchSize();
        require(
                batch == 0 || batch >= 2 && batch <= LARGEST_BATCH,
                "batch_size",
                "must be 2 to %d, is %d".formatted(LARGEST_BATCH, batch));
        require(
                recipe.getProjectorCount() <= MOST_PROJECTOR_LAYERS,
                "projector",
                "must have at most %d layers, has %d".formatted(MOST_PROJECTOR_LAYERS, recipe.getProjectorCount()));
        for (int i = 0; i < recipe.getProjectorCount(); i++) {
            int width = recipe.getProjector(i);
            require(
                    width >= 1 && width <= WIDEST_LAYER,
                    "projector[%d]".formatted(i),
                    "must be 1 to %d, is %d".formatted(WIDEST_LAYER, width));
        }
    }

    private void checkNetworkOptions() {
        if (!RecipeVocabulary.NETWORKS.contains(network())) {
            return;
        }
        NetworkFamily family = Networks.family(network());
        new TreeMap<>(recipe.getNetworkOptionsMap()).forEach((name, value) -> family.options().stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        option -> require(
                                option.fits(value),
                                "network_options." + name,
                                "must be %s, is \"%s\"".formatted(option.range(), value)),
                        () -> unknownOption(
                                "network_options." + name,
                                family.name(),
                                family.options().stream().map(NetworkOption::name).toList())));
    }

    private void checkObjective() {
        Optional<ObjectiveChoice> known = Objectives.find(recipe.getObjective());
        if (recipe.hasTemperature()) {
            requirePositive(TEMPERATURE, recipe.getTemperature());
        }
        if (known.isEmpty()) {
            return;
        }
        ObjectiveChoice objective = known.get();
        new TreeMap<>(recipe.getObjectiveOptionsMap()).forEach((name, value) -> objective.option(name).ifPresentOrElse(
                option -> option.range().problem(value).ifPresent(
                        problem -> require(false, "objective_options." + name, problem)),
                () -> unknownOption(
                        "objective_options." + name,
                        objective.name(),
                        objective.options().stream().map(ObjectiveChoice.Option::name).toList())));
        if (recipe.hasTemperature()) {
            require(objective.has(TEMPERATURE), TEMPERATURE, objective.name() + " has no temperature");
            Double other = recipe.getObjectiveOptionsMap().get(TEMPERATURE);
            require(
                    other == null || other == recipe.getTemperature(),
                    TEMPERATURE,
                    "must be objective_options.temperature (%s), is %s".formatted(other, recipe.getTemperature()));
        }
        require(
                recipe.getProjectorCount() == 0 || !objective.projector().isEmpty(),
                "projector",
                objective.name() + " has no projector");
    }

    private void checkRates() {
        if (recipe.hasLearningRate()) {
            requirePositive("learning_rate", recipe.getLearningRate());
        }
        double decay = recipe.getWeightDecay();
        require(decay >= 0 && Double.isFinite(decay), "weight_decay", "must be at least 0 and finite, is " + decay);
        double momentum = recipe.getEmaMomentum();
        require(momentum >= 0 && momentum < 1, "ema_momentum", "must be 0 (none) or in (0, 1), is " + momentum);
        if (recipe.hasEmaFinalMomentum()) {
            Range range = momentum > 0 ? Range.from(0, 1) : Range.closed(0, 1);
            range.problem(recipe.getEmaFinalMomentum()).ifPresent(problem -> require(false, "ema_final_momentum", problem));
        }
        checkName("ema_schedule", recipe.getEmaSchedule(), RecipeVocabulary.AVERAGE_SCHEDULES);
        if (RecipeVocabulary.OPTIMIZERS.contains(optimizer())) {
            OptimizerOptionTable.TABLE.check(recipe.getOptimizerOptions(), optimizer(), path + ".optimizer_options", violations);
        }
        OptimizerOptions options = recipe.getOptimizerOptions();
        require(
                !options.getNesterov() || !options.hasMomentum() || options.getMomentum() > 0,
                "optimizer_options.nesterov",
                "needs a momentum above 0");
    }

    private void checkDuration() {
        int epochs = recipe.getEpochs();
        require(
                epochs >= 1 && epochs <= MOST_EPOCHS, "epochs", "must be 1 to %d, is %d".formatted(MOST_EPOCHS, epochs));
        double warmup = recipe.getWarmupEpochs();
        require(warmup >= 0, "warmup_epochs", "must be at least 0, is " + warmup);
        if (epochs >= 1) {
            require(warmup < epochs, "warmup_epochs", "must be less than epochs (%d), is %s".formatted(epochs, warmup));
        }
        if (recipe.hasResumePointSteps()) {
            long steps = recipe.getResumePointSteps();
            require(steps >= 1, "resume_point_steps", "must be at least 1, is " + steps);
        }
    }

    private void checkSchedule() {
        LearningRateSchedule schedule = recipe.getSchedule();
        checkName("schedule.name", schedule.getName(), RecipeVocabulary.SCHEDULES);
        String name = schedule.getName().isEmpty() ? RecipeVocabulary.SCHEDULES.getFirst() : schedule.getName();
        if (!RecipeVocabulary.SCHEDULES.contains(name)) {
            return;
        }
        ScheduleOptionTable.TABLE.check(schedule, name, path + ".schedule", violations);
        require(
                schedule.getMilestonesCount() == 0 || !schedule.hasStepSize(),
                "schedule.step_size",
                "is not for a schedule with milestones");
        for (int i = 1; i < schedule.getMilestonesCount(); i++) {
            require(
                    schedule.getMilestones(i) > schedule.getMilestones(i - 1),
                    "schedule.milestones[%d]".formatted(i),
                    "must be greater than the one before (%s), is %s"
                            .formatted(schedule.getMilestones(i - 1), schedule.getMilestones(i)));
        }
        if (name.equals("one_cycle")) {
            require(
                    recipe.getWarmupEpochs() == 0,
                    "warmup_epochs",
                    "must be 0 or unset with one_cycle, whose rise is schedule.pct_start, is " + recipe.getWarmupEpochs());
            boolean cycles = !schedule.hasCycleMomentum() || schedule.getCycleMomentum();
            OptimizerOptions options = recipe.getOptimizerOptions();
            require(
                    !cycles || !options.hasMomentum() || options.getMomentum() > 0,
                    "schedule.cycle_momentum",
                    "needs a momentum above 0");
        }
    }

    private void checkProbes() {
        if (!recipe.hasOnlineProbes()) {
            return;
        }
        OnlineProbes probes = recipe.getOnlineProbes();
        require(
                probes.getEveryEpochs() >= 0,
                "online_probes.every_epochs",
                "must be at least 1, is " + probes.getEveryEpochs());
        require(
                probes.getImages() == 0 || probes.getImages() >= 2,
                "online_probes.images",
                "must be at least 2, is " + probes.getImages());
        require(probes.getK() >= 0, "online_probes.k", "must be at least 1, is " + probes.getK());
        int images = probes.getImages() == 0 ? RecipeDefaults.PROBE_IMAGES : probes.getImages();
        require(
                probes.getK() <= Math.max(images, 1),
                "online_probes.k",
                "must be at most the %d images learned from, is %d".formatted(images, probes.getK()));
        for (int i = 0; i < probes.getLayersCount(); i++) {
            String layer = probes.getLayers(i);
            require(!layer.isBlank(), "online_probes.layers[%d]".formatted(i), "must be a layer path or `output`, is empty");
            require(
                    probes.getLayersList().indexOf(layer) == i,
                    "online_probes.layers[%d]".formatted(i),
                    "\"%s\" is named twice".formatted(layer));
        }
    }

    private void checkPrivacy() {
        if (!recipe.hasDpSgd()) {
            return;
        }
        DpSgd privacy = recipe.getDpSgd();
        if (privacy.hasClipNorm()) {
            requirePositive("dp_sgd.clip_norm", privacy.getClipNorm());
        }
        requirePositive("dp_sgd.noise_multiplier", privacy.getNoiseMultiplier());
        if (privacy.hasDelta()) {
            Range.open(0, 1).problem(privacy.getDelta()).ifPresent(problem -> require(false, "dp_sgd.delta", problem));
        }
        Objectives.find(recipe.getObjective()).ifPresent(objective -> require(
                objective.perImage(),
                "dp_sgd",
                "needs an objective whose loss is a sum over images, which %s is not".formatted(objective.name())));
        require(
                !(recipe.getOptimizerOptions().getClipNorm() > 0),
                "optimizer_options.clip_norm",
                "must be 0 or unset with dp_sgd, which clips each image's gradient, is "
                        + recipe.getOptimizerOptions().getClipNorm());
    }

    private String network() {
        return recipe.getNetwork().isEmpty() ? RecipeVocabulary.NETWORKS.getFirst() : recipe.getNetwork();
    }

    private String optimizer() {
        return recipe.getOptimizer().isEmpty() ? RecipeVocabulary.OPTIMIZERS.getFirst() : recipe.getOptimizer();
    }

    private void unknownOption(String field, String owner, List<String> known) {
        require(false, field, known.isEmpty()
                ? owner + " has no options"
                : "%s has no such option; it has %s".formatted(owner, String.join(", ", known)));
    }

    private void checkName(String field, String name, List<String> known) {
        require(
                name.isEmpty() || known.contains(name),
                field,
                "must be one of %s, is \"%s\"".formatted(String.join(", ", known), name));
    }

    private void requirePositive(String field, double value) {
        require(value > 0 && Double.isFinite(value), field, "must be greater than 0 and finite, is " + value);
    }

    private void require(boolean holds, String field, String description) {
        violations.require(holds, path + "." + field, description);
    }
}
