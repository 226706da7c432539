package dev.engram.metrics.bench;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.bench.ProcessUsage;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.metrics.measure.BlockPass;
import dev.engram.metrics.measure.ImageBlocks;
import dev.engram.metrics.measure.UnitMeans;
import dev.engram.metrics.unitmem.UnitActivations;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * UnitMem's pass over images shared by several worker processes at once, one thread each, and merged: every unit of every layer of ResNet-9.
 *
 * @param classPath of the processes
 * @param images 1 to 10,000
 * @param views of each image
 * @param cores of the machine: more shards than these cannot be faster
 */
public record ShardsBench(String classPath, int images, int views, int cores) {
    private static final int TOP_IMAGES = 9;

    /**
     * What was measured.
     *
     * @param seconds from starting the first process until all are merged
     * @param cpuSeconds of all processes and the merge
     * @param startCpuSeconds of that, what the processes took before their first block: the price of a process
     * @param mergeSeconds of that, reading and merging what the processes kept
     * @param efficiency time of one shard, over this time and the lesser of shards and cores: 1 if nothing is lost
     * @param cpuRatio processor time over that of one shard
     */
    public record Result(
            int shards,
            int images,
            int views,
            double seconds,
            double cpuSeconds,
            double startCpuSeconds,
            double mergeSeconds,
            double efficiency,
            double cpuRatio) {}

    private record Merged(List<Double> unitMem, double seconds, double cpuSeconds, double startCpuSeconds, double mergeSeconds) {}

    /**
     * Measures, one shard first.
     *
     * @throws IllegalStateException if the merged figures are not those of one shard to the bit
     */
    public List<Result> run(int... shards) {
        try {
            Merged alone = measured(1);
            List<Result> results = new ArrayList<>();
            results.add(result(1, alone, alone));
            for (int count : shards) {
                Merged merged = measured(count);
                if (!merged.unitMem.equals(alone.unitMem)) {
                    throw new IllegalStateException(count + " shards have another result than one");
                }
                results.add(result(count, merged, alone));
            }
            return List.copyOf(results);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result result(int shards, Merged merged, Merged alone) {
        return new Result(
                shards, images, views, merged.seconds, merged.cpuSeconds, merged.startCpuSeconds, merged.mergeSeconds,
                alone.seconds / (merged.seconds * Math.min(shards, cores)), merged.cpuSeconds / alone.cpuSeconds);
    }

    private Merged measured(int shards) throws IOException {
        Path directory = Files.createTempDirectory("engram-shards");
        long begun = System.nanoTime();
        List<ChildProcess> processes = IntStream.range(0, shards)
                .mapToObj(shard -> ChildProcess.start(
                        classPath, "512m", Child.class, String.valueOf(shard), String.valueOf(shards), String.valueOf(images),
                        String.valueOf(views), directory.resolve("shard-" + shard).toString()))
                .toList();
        double started = 0;
        double cpu = 0;
        for (ChildProcess process : processes) {
            double[] told = process.figures();
            started += told[0];
            cpu += told[1];
        }
        double before = ProcessUsage.cpuSeconds();
        long merging = System.nanoTime();
        List<UnitActivations> merged = null;
        for (int shard = 0; shard < shards; shard++) {
            Path file = directory.resolve("shard-" + shard);
            merged = merged(merged, file);
            Files.delete(file);
        }
        List<Double> unitMem = merged.stream()
                .flatMap(layer -> IntStream.range(0, layer.units()).mapToObj(unit -> layer.unitMem(unit).score()))
                .toList();
        double ended = System.nanoTime();
        Files.delete(directory);
        return new Merged(
                unitMem, (ended - begun) / 1e9, cpu + ProcessUsage.cpuSeconds() - before, started, (ended - merging) / 1e9);
    }

    private static List<UnitActivations> merged(List<UnitActivations> before, Path file) throws IOException {
        List<UnitActivations> read = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int layers = in.readInt();
            for (int layer = 0; layer < layers; layer++) {
                read.add(UnitActivations.read(in));
            }
        }
        if (before == null) {
            return read;
        }
        for (int layer = 0; layer < read.size(); layer++) {
            before.get(layer).merge(read.get(layer));
        }
        return before;
    }

    /** A worker. */
    public static final class Child {
        private Child() {}

        /** Takes shard, shards, images, views and the file to write. */
        public static void main(String[] arguments) throws IOException {
            TorchEngine.start(1);
            int views = Integer.parseInt(arguments[3]);
            Network network = ResNet9.encoder();
            int side = Math.toIntExact(network.input().getLast());
            int[] all = IntStream.range(0, Integer.parseInt(arguments[2])).toArray();
            ImageSet images = EncoderInput.of(FashionMnist.test().select(all), side);
            ImageBlocks blocks = new ImageBlocks(all, ImageBlocks.size(views, network)).share(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
            try (StateDict encoder = StateLayout.of(network).initialState(1);
                    UnitMeans means = new UnitMeans(network, views, Optional.empty());
                    AugmentedViews source = new AugmentedViews(images, AugmentationRecipe.named("simclr-normal"), side, 0, "bench");
                    BlockPass pass = new BlockPass(1)) {
                List<UnitActivations> kept =
                        means.layers().stream().map(layer -> new UnitActivations(layer.units(), TOP_IMAGES)).toList();
                double started = ProcessUsage.cpuSeconds();
                pass.run(blocks, 0, block -> of(block, encoder, means, source, views), (block, found) -> keep(images.ids(block), found, kept));
                write(kept, Path.of(arguments[4]));
                ChildProcess.tell(started);
            }
        }

        private static List<float[]> of(int[] block, StateDict encoder, UnitMeans means, AugmentedViews source, int views) {
            try (Scope scope = Scope.open()) {
                return means.of(encoder, source.views(scope, block, 0, 0, views));
            }
        }

        private static void keep(int[] ids, List<float[]> found, List<UnitActivations> kept) {
            for (int layer = 0; layer < found.size(); layer++) {
                for (int image = 0; image < ids.length; image++) {
                    kept.get(layer).add(ids[image], found.get(layer), image * kept.get(layer).units());
                }
            }
        }

        private static void write(List<UnitActivations> kept, Path file) throws IOException {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
                out.writeInt(kept.size());
                for (UnitActivations layer : kept) {
                    layer.write(out);
                }
            }
        }
    }
}
