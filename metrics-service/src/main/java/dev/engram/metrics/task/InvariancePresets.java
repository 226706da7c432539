package dev.engram.metrics.task;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.v1.InvarianceSpec;
import dev.engram.v1.MeasurePreset;
import java.util.List;
import java.util.stream.Stream;

/** Invariance to the operations of each paper's augmentation, and as it is compared between objectives. */
final class InvariancePresets {
    private static final int IMAGES = 200;

    private InvariancePresets() {}

    static List<MeasurePreset> all() {
        return Stream.concat(
                        Stream.of(MeasurePreset.newBuilder()
                                .setId("objectives-matter-invariance")
                                .setDescription("Invariance of pooled features to each operation of the training's augmentation, layer by layer, between objectives. The paper's "
                                        + "strengths are not given: those of the training; 4 draws of 200 images a subset.")
                                .setSource("S. Shekhar, F. Bordes, P. Vincent, A. Morcos, Objectives Matter, 2023, arXiv:2304.13089")
                                .setInvariance(spec("").setPooled(true))
                                .build()),
                        Stream.of("simclr-normal", "independent", "simclr", "simsiam", "byol", "barlow-twins", "vicreg", "deja-vu", "dino", "mae")
                                .map(InvariancePresets::toOperationsOf))
                .toList();
    }

    private static MeasurePreset toOperationsOf(String augmentation) {
        return MeasurePreset.newBuilder()
                .setId("invariance-" + augmentation)
                .setDescription("Invariance to each operation of the augmentation \"%s\", whatever the pair was trained with; 4 draws of 200 images a subset are ours."
                        .formatted(augmentation))
                .setSource(AugmentationRecipe.named(augmentation).source())
                .setInvariance(spec(augmentation))
                .build();
    }

    private static InvarianceSpec.Builder spec(String augmentation) {
        return InvarianceSpec.newBuilder().setDraws(InvarianceRules.DEFAULT_DRAWS).setAugmentation(augmentation).setMaxImages(IMAGES);
    }
}
