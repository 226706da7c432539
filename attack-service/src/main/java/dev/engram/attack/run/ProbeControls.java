package dev.engram.attack.run;

import dev.engram.attack.run.Direction.Side;
import dev.engram.encoders.data.BalancedClasses;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.Part;
import dev.engram.encoders.data.Split;
import dev.engram.encoders.eval.FeatureMatrix;
import dev.engram.encoders.eval.LinearClassifier;
import dev.engram.encoders.eval.LinearProbe;
import dev.engram.runs.RunContext;
import dev.engram.v1.ProbeControl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The control of the paper (Meehan et al., §4.5): how much better a linear probe of whole images does on the encoder's training images than on
 * others. It is what one usually looks at for overfitting, and need not move when the déjà vu score does.
 */
final class ProbeControls {
    private final RunContext run;
    private final ImageSet images;
    private final Split split;
    private final int[] validation;
    private final ProbeTable table = new ProbeTable();

    ProbeControls(RunContext run, AttackPlan plan, long seed) {
        this.run = run;
        this.images = plan.images();
        this.split = plan.split();
        this.validation = BalancedClasses.of(images, split.indices(Part.PUBLIC), seed);
    }

    /** Probes of both encoders; {@code encoders} opens one at its backbone. */
    List<ProbeControl> measure(NeighborSearch.Encoders encoders) throws IOException {
        List<ProbeControl> probes = new ArrayList<>();
        for (Side side : Side.values()) {
            run.progress("probing " + side.key() + " linearly", 0, 0, "image", Map.of());
            int[] training = side == Side.F ? split.trainingOfF() : split.trainingOfG();
            FeatureMatrix seen;
            FeatureMatrix others;
            try (FeatureSource features = encoders.open(0, side)) {
                seen = features.whole(images, training, embedded -> run.checkStop()).getFirst();
                others = features.whole(images, validation, embedded -> run.checkStop()).getFirst();
            }
            LinearClassifier probe = LinearProbe.fitted(
                            seen,
                            images.labels(training),
                            List.of(),
                            LinearProbe.DEFAULT_PENALTY,
                            iteration -> run.checkStop())
                    .classifier();
            probes.add(ProbeControl.newBuilder()
                    .setEncoder(side.key())
                    .setTraining(accuracy(side, ProbeTable.TRAINING, training, probe.classes(seen)))
                    .setValidation(accuracy(side, ProbeTable.VALIDATION, validation, probe.classes(others)))
                    .setTrainingImages(training.length)
                    .setValidationImages(validation.length)
                    .build());
        }
        return probes;
    }

    /** What the probes said of each image. */
    ProbeTable table() {
        return table;
    }

    private double accuracy(Side side, String part, int[] indices, int[] named) {
        int right = 0;
        for (int i = 0; i < indices.length; i++) {
            table.add(side.key(), part, images.id(indices[i]), images.label(indices[i]), named[i]);
            right += named[i] == images.label(indices[i]) ? 1 : 0;
        }
        return (double) right / indices.length;
    }
}
