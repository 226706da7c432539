package dev.engram.metrics.bench;

import dev.engram.encoders.bench.ProcessUsage;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.metrics.unitmem.MeansTable;
import dev.engram.metrics.unitmem.UnitActivations;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What UnitMem keeps in memory of the units of a network's every layer: the accumulators of one encoder (a run has two, the trained and the
 * untrained one), filled with made-up activations in a process of its own. The network's own passes are not part of it: they take the same for any number of images.
 *
 * @param classPath of the process
 * @param heap that the process may use, e.g. {@code 512m}
 * @param network at 224 pixels, e.g. {@code vit_base}
 * @param images whose means are added, at least 1
 * @param median keep every mean of every image, as the median of the others needs
 */
public record UnitMemMemoryBench(String classPath, String heap, String network, int images, boolean median) {
    private static final int TOP_IMAGES = 9;
    private static final int SIDE = 224;

    /**
     * What was measured.
     *
     * @param others {@code mean} or {@code median}
     * @param units of all layers
     * @param idleResidentBytes of the process before the first accumulator was made
     * @param peakResidentBytes of the process at its highest
     * @param stateBytes of a resume point
     * @param saveSeconds to write one to a stream that keeps nothing
     * @param nanosecondsPerValue processor time of making up and adding one unit's mean of one image
     */
    public record Result(
            String network,
            String others,
            int images,
            long units,
            long idleResidentBytes,
            long peakResidentBytes,
            long stateBytes,
            double saveSeconds,
            double nanosecondsPerValue) {}

    /** Measures. */
    public Result run() {
        double[] told = ChildProcess.start(
                        classPath, heap, Child.class, network, String.valueOf(images), String.valueOf(median))
                .figures();
        long units = (long) told[0];
        return new Result(
                network, median ? "median" : "mean", images, units, (long) told[1], (long) told[2], (long) told[3], told[4],
                told[5] * 1e9 / ((double) images * units));
    }

    /** The process that is started. */
    public static final class Child {
        private Child() {}

        /** Takes the network's name, the number of images and whether all means are kept. */
        public static void main(String[] arguments) throws IOException {
            int images = Integer.parseInt(arguments[1]);
            int[] units = StateLayout.of(Networks.encoder(arguments[0], 3, SIDE, Map.of())).taps().stream()
                    .mapToInt(Tap::units)
                    .toArray();
            List<float[]> means = Arrays.stream(units).mapToObj(float[]::new).toList();
            long idle = ProcessUsage.residentBytes();
            Kept kept = new Kept(units, images, Boolean.parseBoolean(arguments[2]));
            double cpu = ProcessUsage.cpuSeconds();
            for (int image = 0; image < images; image++) {
                fill(means, image);
                kept.add(image, means);
            }
            double adding = ProcessUsage.cpuSeconds() - cpu;
            long begun = System.nanoTime();
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(OutputStream.nullOutputStream()));
            kept.write(out);
            double saving = (System.nanoTime() - begun) / 1e9;
            ChildProcess.tell(
                    Arrays.stream(units).asLongStream().sum(), idle, ProcessUsage.peakResidentBytes(), written(kept),
                    saving, adding);
        }

        /** Values in [0, 1) that look random; each image has others. */
        private static void fill(List<float[]> means, int image) {
            int state = image * 0x9E3779B9 + 1;
            for (float[] layer : means) {
                for (int unit = 0; unit < layer.length; unit++) {
                    state = state * 1664525 + 1013904223;
                    layer[unit] = (state >>> 8) * 0x1p-24f;
                }
            }
        }

        private static long written(Kept kept) throws IOException {
            CountedStream counted = new CountedStream();
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(counted))) {
                kept.write(out);
            }
            return counted.bytes;
        }
    }

    /** What is kept of one encoder. */
    private static final class Kept {
        private final int[] units;
        private final List<UnitActivations> layers;
        private final MeansTable table;

        Kept(int[] units, int images, boolean median) {
            this.units = units;
            this.layers = Arrays.stream(units).mapToObj(count -> new UnitActivations(count, TOP_IMAGES)).toList();
            this.table = median ? new MeansTable(images, Arrays.stream(units).sum()) : null;
        }

        void add(int image, List<float[]> means) {
            for (int layer = 0; layer < units.length; layer++) {
                layers.get(layer).add(image, means.get(layer), 0);
            }
            if (table != null) {
                table.add(means, units, 0);
            }
        }

        void write(DataOutputStream out) throws IOException {
            for (UnitActivations layer : layers) {
                layer.write(out);
            }
            if (table != null) {
                table.write(out);
            }
        }
    }

    private static final class CountedStream extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int count) {
            bytes += count;
        }
    }
}
