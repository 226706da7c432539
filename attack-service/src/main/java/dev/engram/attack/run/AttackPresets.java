package dev.engram.attack.run;

import dev.engram.encoders.features.CutFeatures;
import dev.engram.v1.AttackPreset;
import dev.engram.v1.CornerCrop;
import dev.engram.v1.Crop;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.OneModelSpec;
import dev.engram.v1.PeripheryCrop;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The settings of published attacks and of their code, by name. All compare by raw L2 and let every public image vote, as published. What they do not say,
 * bootstrap and seeds, is not the sources'.
 */
public final class AttackPresets {
    private static final int NEIGHBORS = 100;
    private static final int TAGS = 2;
    private static final int MOST_TAGS = 5;
    private static final double FRACTION = 0.3;
    private static final double[] FRACTIONS = {0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5};

    private static final String PAPER =
            "C. Meehan, F. Bordes, P. Vincent, K. Chaudhuri, C. Guo, Do SSL Models Have Déjà Vu?, NeurIPS 2023, arXiv:2304.13850";
    private static final String ONE_MODEL =
            "N. Kokhlikyan, B. Jayaraman, F. Bordes, C. Guo, K. Chaudhuri, Measuring Déjà Vu Memorization Efficiently, NeurIPS 2024, arXiv:2504.05651";

    private static final List<AttackPreset> ALL = List.of(
            dejaVu(
                    "deja-vu",
                    "The attack of the paper: the patch beside the boxes, raw L2 at the projector, 100 votes. Published for photographs of about 500 x 375 with patches "
                            + "over 100 px; here over a quarter of the image's shorter side. Each encoder ranks by its own confidence; the result also has the curve of the "
                            + "common ranking.",
                    PAPER + ", and its code (label_inference_attack.py)",
                    attack(periphery())),
            dejaVu(
                    "corner",
                    "The lower left corner, 0.3 of each side, wherever the object is: needs no boxes.",
                    PAPER + ", and its code (--use_corner_crop)",
                    attack(corner(FRACTION))),
            dejaVu(
                    "corner-sizes",
                    "The lower left corner from 0.2 to 0.5 of each side, all attacked in one run.",
                    PAPER + ", sizes of its ablation",
                    DejaVuSpec.newBuilder()
                            .addAllCrops(DoubleStream.of(FRACTIONS).mapToObj(AttackPresets::corner).toList())
                            .setK(NEIGHBORS)
                            .addCuts(CutFeatures.PROJECTOR)),
            dejaVu(
                    "projector-and-backbone",
                    "What the loss saw beside what users keep. The published attack on the backbone reads it after its last pooling, as here.",
                    PAPER + " (--use_backbone); F. Bordes and others, Guillotine Regularization, TMLR 2023, arXiv:2206.13378",
                    attack(periphery()).addCuts(CutFeatures.BACKBONE)),
            dejaVu(
                    "probe-beside",
                    "The attack of the paper with a linear probe of both backbones beside it: the usual sign of overfitting. Theirs has 20 epochs of SGD on augmented "
                            + "images; here it is solved to its minimum, on images as they are.",
                    PAPER + ", and its code (lin_probe.py)",
                    attack(periphery()).setProbeControl(true)),
            dejaVu(
                    "supervised",
                    "The baseline: a pair that was trained with labels, attacked by its neighbors and by its own classifier, whose largest logit is the confidence. For "
                            + "pairs with a classifier on a projector, as of the recipe deja-vu-supervised; without a projector take the backbone.",
                    PAPER + ", and its code (--use_supervised_linear)",
                    attack(periphery()).addCuts(CutFeatures.LOGITS)),
            oneModel(
                    "one-model",
                    "Each encoder without the other: what is told by the background is learned from other crops, by a classifier, by the nearest crops and by naive Bayes "
                            + "over two tags. The paper trains a ResNet-50 on crops and takes words of a tagging network; here a logistic regression on features of the "
                            + "untrained network, and colors.",
                    ONE_MODEL + ", and its code (label_inference_attack_oob.py)",
                    alone(periphery(), TAGS)),
            oneModel(
                    "one-model-corner",
                    "The same from the lower left corner, 0.3 of each side, for images without boxes; the paper has patches beside the boxes alone.",
                    ONE_MODEL,
                    alone(corner(FRACTION), TAGS)),
            oneModel(
                    "one-model-five-tags",
                    "The same with five tags for naive Bayes, the most of the published 1, 2, 3 and 5.",
                    ONE_MODEL,
                    alone(periphery(), MOST_TAGS)));

    private AttackPresets() {}

    /** All of them: attacks on a pair first. */
    public static List<AttackPreset> all() {
        return ALL;
    }

    private static DejaVuSpec.Builder attack(Crop crop) {
        return DejaVuSpec.newBuilder().addCrops(crop).setK(NEIGHBORS).addCuts(CutFeatures.PROJECTOR);
    }

    private static OneModelSpec.Builder alone(Crop crop, int tags) {
        return OneModelSpec.newBuilder()
                .setCrop(crop)
                .setCut(CutFeatures.PROJECTOR)
                .setK(NEIGHBORS)
                .setNaiveBayes(OneModelSpec.NaiveBayes.PRODUCT_OF_POSTERIORS)
                .setTags(tags);
    }

    private static Crop periphery() {
        return Crop.newBuilder().setPeriphery(PeripheryCrop.getDefaultInstance()).build();
    }

    private static Crop corner(double fraction) {
        return Crop.newBuilder()
                .setCorner(CornerCrop.newBuilder().setCorner(Crop.Corner.LOWER_LEFT).setFraction(fraction))
                .build();
    }

    private static AttackPreset dejaVu(String id, String description, String source, DejaVuSpec.Builder spec) {
        return AttackPreset.newBuilder().setId(id).setDescription(description).setSource(source).setDejaVu(spec).build();
    }

    private static AttackPreset oneModel(String id, String description, String source, OneModelSpec.Builder spec) {
        return AttackPreset.newBuilder().setId(id).setDescription(description).setSource(source).setOneModel(spec).build();
    }
}
