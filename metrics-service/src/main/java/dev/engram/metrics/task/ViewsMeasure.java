package dev.engram.metrics.task;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import java.util.List;
import java.util.function.Function;

/** A measure of images that go through encoders as the same views each: others of the same views can share its pass. */
interface ViewsMeasure<R, S extends SavePoints.State> extends ShardableMeasure<R, S> {
    /** The images, of which {@link #blocks} are made. */
    MeasuredImages images();

    /** The views of a block, view-major. */
    Tensor see(Scope scope, int[] block);

    /** The taps that are read of each encoder. */
    Evaluation forward();

    /** The encoders that every view goes through. */
    List<StateDict> encoders();

    /**
     * What is measured of a block.
     *
     * @param count images of the block
     * @param passed what the pass of an encoder gave, with at least the taps of {@link #forward}
     */
    R read(int count, Function<StateDict, Activations> passed);

    @Override
    default R of(int[] block) {
        try (Scope scope = Scope.open()) {
            Tensor seen = see(scope, block);
            return read(block.length, encoder -> forward().run(scope, encoder, seen));
        }
    }
}
