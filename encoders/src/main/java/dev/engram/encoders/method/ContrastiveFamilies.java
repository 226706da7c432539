package dev.engram.encoders.method;

import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.encoders.objective.BarlowTwins;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.objective.SupCon;
import dev.engram.encoders.objective.VicReg;
import java.util.List;
import java.util.Optional;

/** Methods whose loss compares all embeddings of a batch: SimCLR, VICReg, Barlow Twins, SupCon. */
final class ContrastiveFamilies {
    private ContrastiveFamilies() {}

    static MethodFamily simClr() {
        return MethodParts.views("simclr", "SimCLR", "Chen et al. 2020, https://arxiv.org/abs/2002.05709",
                "Two views of an image attract each other, views of other images repel.",
                List.of(MethodOption.positive("temperature", 0.5, "τ; similarities are divided by it.")),
                List.of(256, 64), ProjectorStyle.VICREG,
                (options, setting) -> new JointEmbedding(
                        MethodParts.projected(setting), new SimClr(options.number("temperature"))));
    }

    static MethodFamily vicReg() {
        return MethodParts.views("vicreg", "VICReg", "Bardes, Ponce, LeCun 2022, https://arxiv.org/abs/2105.04906",
                "Two views of an image agree; over the batch every coordinate varies and no two vary together.",
                List.of(
                        MethodOption.notNegative("invariance", 25, "λ, weight of the distance between both views."),
                        MethodOption.notNegative("variance", 25, "μ, weight of what standard deviations fall short of 1."),
                        MethodOption.notNegative("covariance", 1, "ν, weight of squared covariances.")),
                List.of(8192, 8192, 8192), ProjectorStyle.VICREG,
                (options, setting) -> new JointEmbedding(
                        MethodParts.projected(setting),
                        new VicReg(options.number("invariance"), options.number("variance"), options.number("covariance")),
                        false));
    }

    static MethodFamily barlowTwins() {
        return MethodParts.views("barlow_twins", "Barlow Twins", "Zbontar et al. 2021, https://arxiv.org/abs/2103.03230",
                "The correlation matrix between the coordinates of two views approaches the identity.",
                List.of(MethodOption.notNegative("redundancy", 0.0051, "λ, weight of correlations off the diagonal.")),
                List.of(8192, 8192, 8192), ProjectorStyle.BARLOW,
                (options, setting) -> new JointEmbedding(
                        MethodParts.projected(setting), new BarlowTwins(options.number("redundancy")), false));
    }

    static MethodFamily supCon() {
        return new MethodFamily("supcon", "SupCon", "Khosla et al. 2020, https://arxiv.org/abs/2004.11362",
                "Views of all images of a class attract each other, those of other classes repel.",
                List.of(MethodOption.positive("temperature", 0.1, "τ; similarities are divided by it.")),
                List.of(2048, 128), true, Optional.of(ProjectorStyle.SUPCON), WantedViews.TWO, true, false, false, Optional.empty(), List.of(),
                (options, setting) -> new SupervisedContrast(
                        MethodParts.projected(setting), new SupCon(options.number("temperature"))));
    }
}
