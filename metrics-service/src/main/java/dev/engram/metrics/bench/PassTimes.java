package dev.engram.metrics.bench;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.metrics.measure.ImageBlocks;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Times a measurement by two encoders against the bare forward passes of the same views, block by block and in turn, so that
 * what else the machine does falls on both alike.
 */
final class PassTimes {
    private static final int WARMUP_BLOCKS = 3;

    private final int views;
    private final int blocks;
    private final LongSupplier nanoTime;
    private double viewSeconds;
    private double bareSeconds;
    private double measuredSeconds;

    /** What a measurement does with the views of one block in one encoder. */
    interface Pass {
        void measure(int[] imageIds, StateDict encoder, Tensor views);
    }

    PassTimes(int views, int blocks) {
        this(views, blocks, System::nanoTime);
    }

    /** @param nanoTime the clock; with one thread it may be the thread's processor time, which other processes do not spoil */
    PassTimes(int views, int blocks, LongSupplier nanoTime) {
        this.views = views;
        this.blocks = blocks;
        this.nanoTime = nanoTime;
    }

    /** Measures Fashion-MNIST's test images in two ResNet-9 with random weights, augmented as for SimCLR. */
    PassResult run(int threads, Pass first, Pass second) {
        TorchEngine.start(threads);
        Network network = ResNet9.encoder();
        ImageSet images = EncoderInput.of(
                FashionMnist.test().select(IntStream.range(0, 1000).toArray()),
                Math.toIntExact(network.input().getLast()));
        ImageBlocks all = ImageBlocks.of(IntStream.range(0, images.size()).toArray(), views);
        try (AugmentedViews source = new AugmentedViews(
                        images, AugmentationRecipe.named("simclr-normal"), images.shape().height(), 0, "bench");
                Evaluation bare = Evaluation.of(network);
                StateDict f = StateLayout.of(network).initialState(1);
                StateDict g = StateLayout.of(network).initialState(2)) {
            for (int i = -WARMUP_BLOCKS; i < blocks; i++) {
                if (i == 0) {
                    viewSeconds = 0;
                    bareSeconds = 0;
                    measuredSeconds = 0;
                }
                int from = Math.floorMod(i, all.images() / all.size()) * all.size();
                time(source, bare, f, g, all.block(from), first, second);
            }
        }
        return PassResult.of(blocks * all.size(), views, viewSeconds, bareSeconds, measuredSeconds);
    }

    private void time(
            AugmentedViews source, Evaluation bare, StateDict f, StateDict g, int[] block, Pass first, Pass second) {
        try (Scope scope = Scope.open()) {
            long begun = nanoTime.getAsLong();
            Tensor views = source.views(scope, block, 0, 0, this.views);
            long made = nanoTime.getAsLong();
            for (StateDict encoder : new StateDict[] {f, g}) {
                try (Scope pass = Scope.open()) {
                    bare.run(pass, encoder, views);
                }
            }
            long forwarded = nanoTime.getAsLong();
            first.measure(block, f, views);
            second.measure(block, g, views);
            long measured = nanoTime.getAsLong();
            viewSeconds += (made - begun) / 1e9;
            bareSeconds += (forwarded - made) / 1e9;
            measuredSeconds += (measured - forwarded) / 1e9;
        }
    }
}
