package dev.engram.metrics.task;

import dev.engram.v1.MeasurePreset;
import dev.engram.v1.ProbeSpec;
import java.util.List;

/** The probes of the papers. Theirs are trained by stochastic gradient; Engram's is solved to its minimum, so it has no learning rate and no epochs. */
final class ProbePresets {
    private static final String EVERY = "*";
    private static final int NEIGHBORS = 20;
    private static final int ATTACK_NEIGHBORS = 100;
    private static final String GUILLOTINE =
            "F. Bordes, R. Balestriero, Q. Garrido, A. Bardes, P. Vincent, Guillotine Regularization, TMLR 2023, arXiv:2206.13378";

    private static final String OBJECTIVES_MATTER = "S. Shekhar, F. Bordes, P. Vincent, A. Morcos, Objectives Matter, 2023, arXiv:2304.13089";

    private ProbePresets() {}

    static List<MeasurePreset> all() {
        return List.of(
                probe(
                        "guillotine",
                        "Accuracy at every cut, from the first layer into the projector.",
                        GUILLOTINE,
                        spec(NEIGHBORS).addLayers(EVERY)),
                probe(
                        "guillotine-corruptions",
                        "The same, on corrupted images: where the best cut lies when images are not those of the training.",
                        GUILLOTINE,
                        spec(NEIGHBORS).addLayers(EVERY).addCorruptions(EVERY)),
                probe(
                        "deja-vu-control",
                        "Linear probe of the backbone, on images it learned from and on others: the usual sign of overfitting, beside which déjà vu is measured. lin_probe.py: "
                                + "frozen backbone in evaluation mode, cross-entropy, no weight decay, 20 epochs of SGD on augmented images, the rate from 10 to 0.1; here the "
                                + "minimum, on images as they are, with a small penalty. 100 neighbors, as the attack's.",
                        "C. Meehan and others, Do SSL Models Have Déjà Vu?, NeurIPS 2023, arXiv:2304.13850, and its code (lin_probe.py)",
                        spec(ATTACK_NEIGHBORS)),
                probe(
                        "objectives-matter",
                        "Linear probe of every layer, means over the tokens of the patches.",
                        OBJECTIVES_MATTER,
                        spec(NEIGHBORS).addLayers(EVERY).setTokens(ProbeSpec.Tokens.NO_CLASS_TOKEN)),
                probe(
                        "objectives-matter-class-token",
                        "Linear probe of every layer's class token, beside that of the patches: objectives differ in which of them holds the classes.",
                        OBJECTIVES_MATTER,
                        spec(NEIGHBORS).addLayers(EVERY).setTokens(ProbeSpec.Tokens.CLASS_TOKEN)),
                probe(
                        "wide-representations",
                        "Sparsity, effective rank and binarized features of the representation, for last blocks of different widths.",
                        "F. Bordes, S. Lavoie, R. Balestriero, N. Ballas, P. Vincent, A surprisingly simple technique to control the pretraining bias for better transfer, "
                                + "2023, arXiv:2304.05369",
                        spec(NEIGHBORS).setStatistics(true)));
    }

    private static ProbeSpec.Builder spec(int neighbors) {
        return ProbeSpec.newBuilder().setK(neighbors);
    }

    private static MeasurePreset probe(String id, String description, String source, ProbeSpec.Builder spec) {
        return MeasurePreset.newBuilder().setId(id).setDescription(description).setSource(source).setProbe(spec).build();
    }
}
