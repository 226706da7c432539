package dev.engram.attack.dejavu;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Accuracy of the encoder that saw the images, of the one that did not, and the difference; each a mean over the directions. */
public record AccuracyGap(Interval target, Interval reference, Interval score) {

    static AccuracyGap of(
            List<DirectionTally> directions,
            PairedBootstrap bootstrap,
            ToDoubleFunction<DirectionTally> target,
            ToDoubleFunction<DirectionTally> reference) {
        return new AccuracyGap(
                bootstrap.interval(directions, target),
                bootstrap.interval(directions, reference),
                bootstrap.interval(
                        directions, tally -> target.applyAsDouble(tally) - reference.applyAsDouble(tally)));
    }
}
