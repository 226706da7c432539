package dev.engram.trainer.recipe;

import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.v1.DpSgd;
import dev.engram.v1.OnlineAttack;
import dev.engram.v1.OnlineProbes;
import dev.engram.v1.OptimizerOptions;
import java.util.List;
import java.util.Optional;

/** What must hold for the parts of a recipe that are off unless asked for: probes and attacks while training, and privacy. */
final class WatchRules {
    private static final int CHANNELS = 3;
    /** Whether a network normalizes by batches does not depend on the images; the smaller size does for most. */
    private static final int[] SOME_SIDES = {32, 224};

    private WatchRules() {}

    static void checkProbes(RuledRecipe ruled) {
        if (!ruled.recipe().hasOnlineProbes()) {
            return;
        }
        OnlineProbes probes = ruled.recipe().getOnlineProbes();
        ruled.require(
                probes.getEveryEpochs() >= 0,
                "online_probes.every_epochs",
                "must be at least 1, is " + probes.getEveryEpochs());
        ruled.require(
                probes.getImages() == 0 || probes.getImages() >= 2,
                "online_probes.images",
                "must be at least 2, is " + probes.getImages());
        ruled.require(probes.getK() >= 0, "online_probes.k", "must be at least 1, is " + probes.getK());
        int images = probes.getImages() == 0 ? RecipeDefaults.PROBE_IMAGES : probes.getImages();
        ruled.require(
                probes.getK() <= Math.max(images, 1),
                "online_probes.k",
                "must be at most the %d images learned from, is %d".formatted(images, probes.getK()));
        List<String> layers = probes.getLayersList();
        for (int i = 0; i < layers.size(); i++) {
            String field = "online_probes.layers[%d]".formatted(i);
            ruled.require(!layers.get(i).isBlank(), field, "must be a layer path or `output`, is empty");
            ruled.require(layers.indexOf(layers.get(i)) == i, field, "\"%s\" is named twice".formatted(layers.get(i)));
        }
    }

    static void checkAttack(RuledRecipe ruled) {
        if (!ruled.recipe().hasOnlineAttack()) {
            return;
        }
        OnlineAttack attack = ruled.recipe().getOnlineAttack();
        String at = "online_attack.";
        ruled.require(attack.getEveryEpochs() >= 0, at + "every_epochs", "must be at least 1, is " + attack.getEveryEpochs());
        ruled.require(attack.getImages() == 0 || attack.getImages() >= 2, at + "images", "must be at least 2, is " + attack.getImages());
        ruled.require(
                attack.getPublicImages() == 0 || attack.getPublicImages() >= 2,
                at + "public_images",
                "must be at least 2, is " + attack.getPublicImages());
        int images = attack.getPublicImages() == 0 ? RecipeDefaults.ATTACK_PUBLIC_IMAGES : attack.getPublicImages();
        ruled.require(
                attack.getK() >= 0 && attack.getK() <= Math.max(images, 1),
                at + "k",
                "must be 1 to the %d public images, is %d".formatted(images, attack.getK()));
        ruled.require(
                attack.getCrop().isEmpty() || RecipeVocabulary.ATTACK_CROPS.contains(attack.getCrop()),
                at + "crop",
                "must be one of %s, is \"%s\"".formatted(String.join(", ", RecipeVocabulary.ATTACK_CROPS), attack.getCrop()));
        ruled.require(
                attack.getFraction() >= 0 && attack.getFraction() < 1, at + "fraction", "must be in (0, 1), is " + attack.getFraction());
    }

    static void checkPrivacy(RuledRecipe ruled) {
        if (!ruled.recipe().hasDpSgd()) {
            return;
        }
        DpSgd privacy = ruled.recipe().getDpSgd();
        if (privacy.hasClipNorm()) {
            ruled.requirePositive("dp_sgd.clip_norm", privacy.getClipNorm());
        }
        ruled.requirePositive("dp_sgd.noise_multiplier", privacy.getNoiseMultiplier());
        if (privacy.hasDelta()) {
            ruled.requireIn(Range.open(0, 1), "dp_sgd.delta", privacy.getDelta());
        }
        Objectives.find(ruled.recipe().getObjective()).ifPresent(objective -> ruled.require(
                objective.separable(),
                "dp_sgd",
                "needs an objective whose loss is a mean over images, which that of %s is not".formatted(objective.name())));
        statistic(ruled).ifPresent(name -> ruled.require(
                false,
                "network",
                "must have no batch normalization with dp_sgd, %s has %s".formatted(ruled.network(), name)));
        OptimizerOptions options = ruled.recipe().getOptimizerOptions();
        ruled.require(
                !(options.getClipNorm() > 0),
                "optimizer_options.clip_norm",
                "must be 0 or unset with dp_sgd, which clips each image's gradient, is " + options.getClipNorm());
    }

    /** Name of a running statistic of the network; empty if it has none, or cannot be made of what the recipe says. */
    private static Optional<String> statistic(RuledRecipe ruled) {
        for (int side : SOME_SIDES) {
            try {
                Network network = Networks.encoder(
                        ruled.network(), CHANNELS, side, ruled.recipe().getNetworkOptionsMap());
                return StateLayout.of(network).buffers().stream().filter(name -> name.endsWith(".running_mean")).findFirst();
            } catch (IllegalArgumentException e) {
                // Too small for the network, or something that is reported elsewhere.
            }
        }
        return Optional.empty();
    }
}
