package dev.engram.metrics.task;

import dev.engram.encoders.data.ImageSet;
import dev.engram.metrics.cka.Cka;
import dev.engram.metrics.cka.HsicEstimator;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HSIC of every layer of one encoder with every layer of another, batch by batch.
 *
 * @param second empty if it is the first once more
 * @param blocks all of the same size
 */
record CkaMeasure(
        RunContext run, ImageSet images, GramSource first, Optional<GramSource> second, HsicEstimator estimator, ImageBlocks blocks)
        implements Measure<CkaMeasure.Grams, CkaMeasure.Sums> {

    /** Inner products {@code [n, n]} of a batch at each layer. */
    record Grams(List<float[]> first, List<float[]> second) {}

    /** The sums as what a resume point holds. */
    record Sums(Cka cka) implements SavePoints.State {
        @Override
        public void write(DataOutputStream out) throws IOException {
            cka.write(out);
        }

        @Override
        public void read(DataInputStream in) throws IOException {
            cka.read(in);
        }
    }

    @Override
    public String stage() {
        return "measuring similarity";
    }

    /** One batch's inner products at all layers fill the memory that there is for them. */
    @Override
    public Pace pace() {
        return Pace.ONE_BY_ONE;
    }

    @Override
    public Sums empty(ImageBlocks own) {
        return new Sums(new Cka(estimator, first.layers().size(), second.orElse(first).layers().size()));
    }

    @Override
    public Grams of(int[] block) {
        List<float[]> ofFirst = first.of(images, block);
        return new Grams(ofFirst, second.map(source -> source.of(images, block)).orElse(ofFirst));
    }

    @Override
    public void keep(Sums kept, int[] block, Grams found) {
        try {
            kept.cka.add(found.first, found.second, blocks.block(0).length);
        } catch (ArithmeticException e) {
            throw RunFailure.diverged(0, e.getMessage() + "; its weights or activations are not finite");
        }
    }

    @Override
    public String artifact() {
        return "cka";
    }

    @Override
    public Map<String, Path> files(Sums kept) throws IOException {
        return new CkaFiles(run.scratch(), first.layers(), second.orElse(first).layers())
                .write(kept.cka, estimator, blocks.block(0).length);
    }
}
