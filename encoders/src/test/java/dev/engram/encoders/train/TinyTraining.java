package dev.engram.encoders.train;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.EmaSchedule;
import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.WarmupCosine;
import dev.engram.encoders.random.StatelessRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A training small enough to run whole in a test: 10 images, batches of 4, 3 epochs of 2 steps. */
final class TinyTraining {
    static final int PIXELS = 3 * 8 * 8;

    private TinyTraining() {}

    static TrainingPlan plan() {
        return new TrainingPlan(7, 10, 4, 3, OptimizerSchedule.of(new WarmupCosine(0.01, 2, 6, 0)),
                Map.of(TrainingStep.MOMENTUM, new EmaSchedule(.9, 1, 6)));
    }

    static TrainingStep step() {
        return TrainingStep.of(
                new JointEmbedding(new ProjectedEncoder(new TinyEncoder(), Projector.of(6, 5)), new SimClr(0.5)),
                Adam.of(1e-4),
                true);
    }

    /** Noise that depends on image, epoch and view. */
    static ViewSource noise() {
        return new ViewSource() {
            @Override
            public int size() {
                return 10;
            }

            @Override
            public Batch batch(Scope scope, int epoch, int[] images) {
                float[] pixels = new float[2 * images.length * PIXELS];
                for (int view = 0; view < 2; view++) {
                    for (int i = 0; i < images.length; i++) {
                        float[] image = StatelessRandom.of(3, "noise")
                                .at(epoch, images[i], view)
                                .uniformFloats(PIXELS, 0, 1);
                        System.arraycopy(image, 0, pixels, (view * images.length + i) * PIXELS, PIXELS);
                    }
                }
                return Batch.of(scope.floats(pixels, 2L * images.length, 3, 8, 8), images);
            }
        };
    }

    /** Every bit of a state, by name. */
    static List<String> bits(TrainingState state) {
        List<String> bits = new ArrayList<>();
        bits.add("step " + state.step());
        append(bits, "model", state.model());
        append(bits, "optimizer", state.optimizer());
        state.average().ifPresent(average -> append(bits, "average", average));
        return bits;
    }

    private static void append(List<String> bits, String group, StateDict tensors) {
        for (String name : tensors.names()) {
            bits.add(group + " " + name + " " + HexFormat.of().formatHex(tensors.get(name).bytes()));
        }
    }

    /** Remembers the reports and stops after some number of steps. */
    static final class Recorder implements TrainingWatch {
        final List<StepReport> reports = new ArrayList<>();
        private final int stopAfter;

        Recorder(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void stepped(StepReport report, TrainingState state) {
            reports.add(report);
        }

        @Override
        public boolean stopRequested() {
            return reports.size() >= stopAfter;
        }
    }
}
