package dev.engram.encoders.method;

import dev.engram.encoders.network.ProjectorStyle;
import java.util.List;
import java.util.Optional;

/** Methods in which a predictor on one view regresses the other: BYOL and SimSiam. */
final class PredictorFamilies {
    private PredictorFamilies() {}

    static MethodFamily byol() {
        return new MethodFamily("byol", "BYOL", "Grill et al. 2020, https://arxiv.org/abs/2006.07733",
                "A predictor on one view regresses what a slowly following teacher makes of the other.",
                List.of(MethodOption.integer("predictor_hidden", 4096, 1, 65536, "Hidden width of the predictor.")),
                List.of(4096, 256), true, Optional.of(ProjectorStyle.BYOL), WantedViews.TWO, false, false, false,
                Optional.of(new TeacherMomentum(0.996, 1, false)), List.of(),
                (options, setting) -> new BootstrapLatent(
                        MethodParts.projected(setting),
                        MethodParts.predictor(options, setting, ProjectorStyle.BYOL)));
    }

    static MethodFamily simSiam() {
        return MethodParts.views("simsiam", "SimSiam", "Chen, He 2021, https://arxiv.org/abs/2011.10566",
                "A predictor on one view regresses the other, which gets no gradient; no teacher, no negatives.",
                List.of(MethodOption.integer("predictor_hidden", 512, 1, 65536, "Hidden width of the predictor, a bottleneck.")),
                List.of(2048, 2048, 2048), ProjectorStyle.SIMSIAM,
                (options, setting) -> new SimpleSiamese(
                        MethodParts.projected(setting),
                        MethodParts.predictor(options, setting, ProjectorStyle.SIMSIAM_PREDICTOR)));
    }
}
