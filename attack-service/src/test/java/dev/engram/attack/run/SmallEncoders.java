package dev.engram.attack.run;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.TrainingViews;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.method.SupervisedTraining;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.objective.CrossEntropy;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.WarmupCosine;
import dev.engram.encoders.train.EncoderTraining;
import dev.engram.encoders.train.StepReport;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.encoders.train.TrainingPlan;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import dev.engram.encoders.train.TrainingWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** ResNet-9 checkpoints made on the spot. */
final class SmallEncoders {
    private static final ProjectedEncoder MODEL = new ProjectedEncoder(ResNet9.encoder(), Projector.of(64, 32));
    private static final String AUGMENTATION = "simclr-normal";
    private static final int BATCH = 100;

    private SmallEncoders() {}

    static void untrained(Path folder, long seed) throws IOException {
        try (TrainingStep step = step();
                TrainingState state = step.initialState(seed)) {
            write(folder, state, seed);
        }
    }

    static void trained(Path folder, ImageSet images, int[] indices, int epochs, long seed) throws IOException {
        train(step(), folder, images, indices, epochs, seed);
    }

    private static void train(TrainingStep made, Path folder, ImageSet images, int[] indices, int epochs, long seed)
            throws IOException {
        int steps = indices.length / BATCH * epochs;
        TrainingPlan plan = TrainingPlan.of(
                seed, indices.length, BATCH, epochs, new WarmupCosine(1e-3, steps / 10, steps, 0.001));
        try (TrainingStep step = made;
                AugmentedViews views =
                        new AugmentedViews(images, AugmentationRecipe.named(AUGMENTATION), 32, seed, "train");
                TrainingState state = step.initialState(seed)) {
            new EncoderTraining(plan, step, new TrainingViews(views, indices)).run(state, new Unwatched());
            write(folder, state, seed);
        }
    }

    /** A classifier, on the projector with normalization between. */
    static void supervised(Path folder, ImageSet images, int[] indices, int epochs, long seed) throws IOException {
        SupervisedTraining method = new SupervisedTraining(MODEL, images.classNames().size(), 2, new CrossEntropy(0));
        train(TrainingStep.of(method, Adam.of(1e-6), false), folder, images, indices, epochs, seed);
    }

    private static TrainingStep step() {
        return TrainingStep.of(new JointEmbedding(MODEL, new SimClr(0.5)), Adam.of(1e-6), false);
    }

    private static void write(Path folder, TrainingState state, long seed) throws IOException {
        TrainedEncoder.write(
                folder, MODEL, state, Map.of("training", seed), Map.of(TrainedEncoder.AUGMENTATION, AUGMENTATION));
    }

    private static final class Unwatched implements TrainingWatch {
        @Override
        public void stepped(StepReport report, TrainingState state) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
