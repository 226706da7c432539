package dev.engram.encoders.train;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.CropRange;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PrefetchedViews;
import dev.engram.encoders.augment.TrainingViews;
import dev.engram.encoders.augment.ViewGroup;
import dev.engram.encoders.augment.ViewRecipe;
import dev.engram.encoders.bench.ProcessUsage;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.ImageSetWriter;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.WarmupCosine;
import dev.engram.encoders.random.StatelessRandom;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A program of its own, so that its heap can be small: packs images of 224×224 until they make a given size, and trains one epoch on them. */
final class LargeSet {
    private static final int SIDE = 224;
    private static final int BATCH = 64;

    private LargeSet() {}

    /** @param arguments a folder, and the bytes of the pixels */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        pack(folder, Long.parseLong(arguments[1]));
        ImageSet images = ImageSetFile.open(folder.resolve(ImageSetFile.FILE_NAME));
        double waited = train(images);
        System.out.printf(
                "images %d bytes %d shards %d heap %d pools %d waited %.3f resident %d%n",
                images.size(), (long) images.size() * images.shape().bytes(), images.shards(),
                Runtime.getRuntime().maxMemory(), peakHeap(), waited, ProcessUsage.peakResidentBytes());
    }

    private static void pack(Path folder, long bytes) throws IOException {
        ImageShape shape = new ImageShape(3, SIDE, SIDE);
        try (ImageSetWriter writer = new ImageSetWriter(folder, "large", shape, 1L << 28)) {
            byte[] image = new byte[shape.bytes()];
            for (int id = 0; (long) id * image.length < bytes; id++) {
                int start = StatelessRandom.of(1, "large").at(0, id, 0).bits();
                for (int i = 0; i < image.length; i++) {
                    image[i] = (byte) (start + i * (id % 7 + 1) >> 3);
                }
                writer.add(image, id % 10, id, List.of());
            }
            writer.finish(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
        }
    }

    /** Seconds that training waited for its views. */
    private static double train(ImageSet images) {
        int steps = images.size() / BATCH;
        TrainingPlan plan = TrainingPlan.of(1, images.size(), BATCH, 1, new WarmupCosine(1e-3, 0, steps, 0));
        AugmentationRecipe recipe = new AugmentationRecipe(
                "small views", "", List.of(new ViewGroup(2, 8, 1, List.of(ViewRecipe.PLAIN.crop(CropRange.STANDARD).flips(0.5, 0)))),
                Normalization.HALF);
        try (TrainingStep step = TrainingStep.of(
                        new JointEmbedding(new ProjectedEncoder(new TinyEncoder(), Projector.of(6, 5)), new SimClr(0.5)), Adam.of(1e-4), false);
                AugmentedViews views = new AugmentedViews(images, recipe, 8, 1, "train");
                PrefetchedViews ahead = new PrefetchedViews(new TrainingViews(views, IntStream.range(0, images.size()).toArray()));
                TrainingState state = step.initialState(1)) {
            boolean done = new EncoderTraining(plan, step, ahead).run(state, new TinyTraining.Recorder(Integer.MAX_VALUE));
            if (!done || state.step() != steps) {
                throw new IllegalStateException("stopped after " + state.step() + " of " + steps + " steps");
            }
            return ahead.waitedNanos() / 1e9;
        }
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
