package dev.engram.encoders.bench;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.PrefetchedViews;
import dev.engram.encoders.augment.TrainingViews;
import dev.engram.encoders.data.EncoderInput;
import dev.engram.encoders.data.FashionMnist;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.TorchEngine;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.WarmupCosine;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.EncoderTraining;
import dev.engram.encoders.train.StepReport;
import dev.engram.encoders.train.TrainingPlan;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.encoders.train.TrainingWatch;
import dev.engram.encoders.train.ViewSource;
import java.util.stream.IntStream;

/**
 * One epoch of SimCLR on Fashion-MNIST's test images, augmentation included: the whole loop that a run executes. Peer: {@code
 * docs/bench/peers.py train-epoch}.
 *
 * @param network such as {@code resnet9}
 * @param images of the epoch, at most 10,000
 * @param batch images a step
 */
public record TrainEpochBench(String network, int images, int batch) {
    private static final int SIDE = 32;

    /**
     * What was measured; the first step is not counted.
     *
     * @param imagesPerSecond wall time
     * @param cpuSecondsPerImage processor time of all threads
     * @param inputShare of the wall time that the training waited for its views
     */
    public record Result(
            String network,
            int images,
            int batch,
            int threads,
            double imagesPerSecond,
            double cpuSecondsPerImage,
            double inputShare) {}

    /** Measures; one epoch. */
    public Result run() {
        var encoder = BenchNetworks.encoder(network, SIDE);
        ImageSet set = EncoderInput.of(FashionMnist.test().select(IntStream.range(0, images).toArray()), SIDE);
        ProjectedEncoder projected =
                new ProjectedEncoder(encoder, Projector.of(512, 128));
        TrainingPlan plan = TrainingPlan.of(1, images, batch, 1, WarmupCosine.of(0.2, batch, images, 0, 1));
        try (TrainingStep step = TrainingStep.of(new JointEmbedding(projected, new SimClr(0.5)), Adam.of(0), false);
                TrainingState state = step.initialState(1);
                AugmentedViews views =
                        new AugmentedViews(set, AugmentationRecipe.named("simclr-normal"), SIDE, 1, "train");
                PrefetchedViews ahead = new PrefetchedViews(
                        new TrainingViews(views, IntStream.range(0, images).toArray()))) {
            Clock clock = new Clock(ahead);
            new EncoderTraining(plan, step, clock).run(state, clock);
            int counted = (plan.stepsPerEpoch() - 1) * batch;
            return new Result(
                    network, images, batch, TorchEngine.threads(), counted / clock.seconds(), clock.cpuSeconds() / counted,
                    clock.inputSeconds / clock.seconds());
        }
    }

    /** Begins to count after the first step. */
    private static final class Clock implements ViewSource, TrainingWatch {
        private final ViewSource views;
        private long start;
        private long end;
        private double cpuStart;
        private double cpuEnd;
        private double inputSeconds;

        Clock(ViewSource views) {
            this.views = views;
        }

        @Override
        public int size() {
            return views.size();
        }

        @Override
        public void announce(int epoch, int[] images) {
            views.announce(epoch, images);
        }

        @Override
        public Batch batch(Scope scope, int epoch, int[] images) {
            long begun = System.nanoTime();
            Batch batch = views.batch(scope, epoch, images);
            inputSeconds += (System.nanoTime() - begun) / 1e9;
            return batch;
        }

        @Override
        public void stepped(StepReport report, TrainingState state) {
            end = System.nanoTime();
            cpuEnd = ProcessUsage.cpuSeconds();
            if (state.step() == 1) {
                start = end;
                cpuStart = cpuEnd;
                inputSeconds = 0;
            }
        }

        @Override
        public boolean stopRequested() {
            return false;
        }

        double seconds() {
            return (end - start) / 1e9;
        }

        double cpuSeconds() {
            return cpuEnd - cpuStart;
        }
    }
}
