package dev.engram.encoders.method;

import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.ProjectorStyle;
import dev.engram.encoders.objective.CrossEntropy;
import java.util.List;
import java.util.Optional;

/** Cross entropy with labels. */
final class SupervisedFamily {
    private SupervisedFamily() {}

    static MethodFamily supervised() {
        return new MethodFamily("supervised", "Supervised", "Szegedy et al. 2016 (label smoothing), https://arxiv.org/abs/1512.00567",
                "Cross entropy of a linear classifier with the label.",
                List.of(MethodOption.belowOne("label_smoothing", 0, "ε, spread evenly over all classes.")),
                List.of(), true, Optional.of(ProjectorStyle.VICREG), WantedViews.ANY, true, false, true, Optional.empty(), List.of(),
                (options, setting) -> new SupervisedTraining(
                        setting.projector().isEmpty()
                                ? new ProjectedEncoder(setting.encoder(), new NoHead())
                                : MethodParts.projected(setting),
                        setting.classes(), setting.views().getFirst().count(),
                        new CrossEntropy(options.number("label_smoothing"))));
    }
}
