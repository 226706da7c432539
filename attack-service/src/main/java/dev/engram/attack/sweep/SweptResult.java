package dev.engram.attack.sweep;

import dev.engram.v1.CropResult;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.DejaVuSpec;
import dev.engram.v1.ProbeControl;
import dev.engram.v1.SweptAttack;
import dev.engram.v1.SweptTraining;
import java.util.function.ToDoubleFunction;

/** One attack of a sweep: where it stands, what was asked, what was found. */
record SweptResult(SweptAttack attack, DejaVuSpec spec, DejaVuResult result) {

    boolean hasProbes() {
        return result.getProbesCount() > 0;
    }

    /** Mean over the encoders that were probed, f and g. */
    double probe(ToDoubleFunction<ProbeControl> figure) {
        return result.getProbesList().stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Fewest images that an encoder's probe was scored on, of those it was fitted to or of others. */
    int probeImages(ToDoubleFunction<ProbeControl> images) {
        return (int) result.getProbesList().stream().mapToDouble(images).min().orElseThrow();
    }

    /** The figures of one crop at one cut. */
    SweptTraining training(CropResult crop) {
        SweptTraining.Builder training = SweptTraining.newBuilder()
                .setSeed(attack.getSeed())
                .setRun(attack.getDejaVu())
                .setPair(spec.getPair())
                .setTarget(crop.getTarget().getValue())
                .setReference(crop.getReference().getValue())
                .setScore(crop.getScore().getValue())
                .setMemorized(crop.getMemorized().getValue());
        if (hasProbes()) {
            training.setProbeTraining(probe(ProbeControl::getTraining)).setProbeValidation(probe(ProbeControl::getValidation));
        }
        return training.build();
    }
}
