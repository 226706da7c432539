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
import dev.engram.metrics.measure.BlockPass;
import dev.engram.metrics.measure.ImageBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Times a measurement of ResNet-9 by two encoders against the bare forward passes of the same views, round by round and in turn,
 * so that what else the machine does falls on both alike.
 *
 * @param <R> what is measured of a block by one encoder
 */
final class PassTimes<R> implements AutoCloseable {
    private static final int IMAGES = 1000;
    private static final int BLOCKS_PER_THREAD = 4;

    private final Network network = ResNet9.encoder();
    private final StateDict f = StateLayout.of(network).initialState(1);
    private final StateDict g = StateLayout.of(network).initialState(2);
    private final Evaluation bare = Evaluation.of(network);
    private final AugmentedViews source;
    private final int size;
    private final BlockPass pass;
    private final Work<R> work;
    private final int views;
    private final int threads;
    private final Stopwatch whole = new Stopwatch();
    private final Stopwatch withoutViews = new Stopwatch();
    private final Stopwatch forward = new Stopwatch();
    private final Stopwatch divided = new Stopwatch();

    /** A measurement: what it does with a block's views in one encoder, and how it collects the results of both. */
    interface Work<R> {
        R measure(StateDict encoder, Tensor views);

        void collect(int[] imageIds, R ofF, R ofG);
    }

    private record Both<R>(R ofF, R ofG) {}

    /** Fashion-MNIST's test images in encoders with random weights, augmented as for SimCLR. */
    PassTimes(int views, int threads, Work<R> work) {
        TorchEngine.start(threads);
        ImageSet images = EncoderInput.of(
                FashionMnist.test().select(IntStream.range(0, IMAGES).toArray()),
                Math.toIntExact(network.input().getLast()));
        this.source = new AugmentedViews(
                images, AugmentationRecipe.named("simclr-normal"), images.shape().height(), 0, "bench");
        this.size = ImageBlocks.size(views, network);
        this.pass = new BlockPass(threads);
        this.work = work;
        this.views = views;
        this.threads = threads;
    }

    /** @param rounds of four blocks a thread, at least 1, after one that is not counted */
    PassResult run(int rounds) {
        int perRound = BLOCKS_PER_THREAD * threads * size;
        for (int round = -1; round < rounds; round++) {
            if (round == 0) {
                List.of(whole, withoutViews, forward, divided).forEach(Stopwatch::reset);
            }
            int from = Math.floorMod(round, IMAGES / perRound) * perRound;
            round(new ImageBlocks(IntStream.range(from, from + perRound).toArray(), size));
        }
        int images = rounds * perRound;
        return new PassResult(
                images,
                views,
                threads,
                images / whole.seconds(),
                images / forward.seconds(),
                images / divided.seconds(),
                whole.seconds() / forward.seconds(),
                withoutViews.seconds() / forward.seconds(),
                whole.cpuSeconds() / forward.cpuSeconds(),
                withoutViews.cpuSeconds() / forward.cpuSeconds());
    }

    private void round(ImageBlocks blocks) {
        try (Scope scope = Scope.open()) {
            Map<Integer, Tensor> made = new TreeMap<>();
            blocks.blocks().forEach(block -> made.put(block[0], views(scope, block)));
            forward.time(() -> through(blocks, block -> bare(made.get(block[0])), (ids, nothing) -> {}));
            withoutViews.time(() -> through(blocks, block -> both(made.get(block[0])), this::collect));
            whole.time(() -> through(blocks, this::viewsAndBoth, this::collect));
            divided.time(() -> new ArrayList<>(made.values()).forEach(this::bare));
        }
    }

    private <T> void through(ImageBlocks blocks, Function<int[], T> measure, BlockPass.Sink<T> sink) {
        try {
            pass.run(blocks, 0, measure, sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(int[] block, Both<R> both) {
        work.collect(block, both.ofF, both.ofG);
    }

    private Both<R> viewsAndBoth(int[] block) {
        try (Scope scope = Scope.open()) {
            return both(views(scope, block));
        }
    }

    private Both<R> both(Tensor views) {
        return new Both<>(work.measure(f, views), work.measure(g, views));
    }

    private Boolean bare(Tensor views) {
        for (StateDict encoder : List.of(f, g)) {
            try (Scope scope = Scope.open()) {
                bare.run(scope, encoder, views);
            }
        }
        return true;
    }

    private Tensor views(Scope scope, int[] block) {
        return source.views(scope, block, 0, 0, views);
    }

    @Override
    public void close() {
        pass.close();
        source.close();
        bare.close();
        f.close();
        g.close();
    }
}
