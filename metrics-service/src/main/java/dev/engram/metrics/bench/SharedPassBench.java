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
import dev.engram.encoders.network.Activations;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.metrics.layermem.ViewDistance;
import dev.engram.metrics.measure.BlockPass;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.LayerDistances;
import dev.engram.metrics.measure.UnitMeans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * LayerMem and UnitMem of the same images of ResNet-9, each in a pass of its own (views, f and g; views, f and the untrained network) and both in one (views, f,
 * g and the untrained network), block by block and in turns.
 *
 * @param views of each image
 * @param rounds that are timed, of four blocks a thread
 * @param threads blocks that are measured at once
 */
public record SharedPassBench(int views, int rounds, int threads) {
    private static final int BLOCKS_PER_THREAD = 4;

    /**
     * What it costs.
     *
     * @param images measured by both
     * @param apartImagesPerSecond of two passes
     * @param togetherImagesPerSecond of one
     * @param ratio wall time of one pass over that of two
     * @param cpuRatio the same of processor time
     */
    public record Result(
            int images, int views, int threads, double apartImagesPerSecond, double togetherImagesPerSecond, double ratio, double cpuRatio) {}

    /** Ten views, as by default. */
    public static SharedPassBench standard(int threads) {
        return new SharedPassBench(10, 8, threads);
    }

    /** Measures. */
    public Result run() {
        TorchEngine.start(threads);
        Network network = ResNet9.encoder();
        int size = ImageBlocks.size(views, network);
        int perRound = BLOCKS_PER_THREAD * threads * size;
        ImageSet images = EncoderInput.of(
                FashionMnist.test().select(IntStream.range(0, perRound).toArray()), Math.toIntExact(network.input().getLast()));
        ImageBlocks blocks = new ImageBlocks(IntStream.range(0, perRound).toArray(), size);
        Stopwatch apart = new Stopwatch();
        Stopwatch together = new Stopwatch();
        try (Measures measures = Measures.of(network, images, views);
                BlockPass pass = new BlockPass(threads)) {
            for (int round = -1; round < rounds; round++) {
                if (round == 0) {
                    apart.reset();
                    together.reset();
                }
                apart.time(() -> {
                    through(pass, blocks, measures::layersAlone);
                    through(pass, blocks, measures::unitsAlone);
                });
                together.time(() -> through(pass, blocks, measures::together));
            }
        }
        int measured = rounds * perRound;
        return new Result(
                measured,
                views,
                threads,
                measured / apart.seconds(),
                measured / together.seconds(),
                together.seconds() / apart.seconds(),
                together.cpuSeconds() / apart.cpuSeconds());
    }

    private static void through(BlockPass pass, ImageBlocks blocks, Function<int[], Integer> measure) {
        try {
            pass.run(blocks, 0, measure, (_, _) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both measures of three encoders with random weights. */
    private record Measures(
            AugmentedViews source, int views, LayerDistances layers, UnitMeans units, Evaluation both, StateDict f, StateDict g, StateDict untrained)
            implements AutoCloseable {
        static Measures of(Network network, ImageSet images, int views) {
            LayerDistances layers = new LayerDistances(network, new LayerDistances.Options(views, ViewDistance.L2, false, false));
            UnitMeans units = new UnitMeans(network, views, Optional.empty());
            StateLayout layout = StateLayout.of(network);
            return new Measures(
                    new AugmentedViews(images, AugmentationRecipe.named("simclr-normal"), images.shape().height(), 0, "bench"),
                    views,
                    layers,
                    units,
                    Evaluation.together(List.of(layers.forward(), units.forward())),
                    layout.initialState(1),
                    layout.initialState(2),
                    layout.initialState(3));
        }

        int layersAlone(int[] block) {
            try (Scope scope = Scope.open()) {
                Tensor seen = source.views(scope, block, 0, 0, views);
                return layers.of(f, seen).length + layers.of(g, seen).length;
            }
        }

        int unitsAlone(int[] block) {
            try (Scope scope = Scope.open()) {
                Tensor seen = source.views(scope, block, 0, 0, views);
                return units.of(f, seen).size() + units.of(untrained, seen).size();
            }
        }

        int together(int[] block) {
            try (Scope scope = Scope.open()) {
                Tensor seen = source.views(scope, block, 0, 0, views);
                Activations ofF = both.run(scope, f, seen);
                return layers.read(ofF, block.length).length
                        + layers.of(g, seen).length
                        + units.read(ofF).size()
                        + units.of(untrained, seen).size();
            }
        }

        @Override
        public void close() {
            List.<Runnable>of(source::close, both::close, layers::close, units::close, f::close, g::close, untrained::close).forEach(Runnable::run);
        }
    }
}
