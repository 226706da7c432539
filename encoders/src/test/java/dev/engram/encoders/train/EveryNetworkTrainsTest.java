package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.OptimizerSchedule;
import dev.engram.encoders.optim.WarmupCosine;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What training promises holds for every family: all weights move, a stopped training ends with the same bits, nothing stays behind. */
class EveryNetworkTrainsTest {
    private static final int IMAGES = 8;
    private static final int BATCH = 4;
    private static final int EPOCHS = 2;
    private static final int STEPS = EPOCHS * IMAGES / BATCH;

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("vit_tiny", 16, Map.of("width", "24", "depth", "2")),
                Arguments.of("vit_tiny", 16, Map.of(
                        "width", "24", "depth", "2", "pool", "avg", "positions", "sincos", "initialization", "mae")),
                Arguments.of("resnet18", 8, Map.of("norm", "group", "zero_init_residual", "false")),
                Arguments.of("resnet20", 16, Map.of()),
                Arguments.of("conv_autoencoder", 16, Map.of("width", "4", "depth", "2", "code", "8")),
                Arguments.of("mlp", 8, Map.of("width", "16")),
                Arguments.of("convnet", 28, Map.of("crop", "0")));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyNetworkTrains(String name, int side, Map<String, String> options) {
        Network network = Networks.encoder(name, 3, side, options);
        long before = Tensor.alive();
        try (TrainingStep step = TrainingStep.of(
                        new JointEmbedding(new ProjectedEncoder(network, Projector.of(6, 5)), new SimClr(0.5)), Adam.of(0), false);
                TrainingState whole = step.initialState(1);
                TrainingState parts = step.initialState(1);
                StateDict first = whole.model().copy()) {
            EncoderTraining training = new EncoderTraining(plan(), step, noise(side));
            long held = Tensor.alive();
            TinyTraining.Recorder recorder = new TinyTraining.Recorder(Integer.MAX_VALUE);
            assertTrue(training.run(whole, recorder));
            assertEquals(STEPS, recorder.reports.size());
            step.verify(whole);
            List<String> fixed = List.of("pos_embed");
            for (String tensor : first.names()) {
                if (!options.containsValue("sincos") || !fixed.contains(tensor)) {
                    assertNotEquals(
                            Arrays.hashCode(first.get(tensor).bytes()),
                            Arrays.hashCode(whole.model().get(tensor).bytes()),
                            tensor);
                }
            }
            training.run(parts, new TinyTraining.Recorder(1));
            assertEquals(1, parts.step());
            assertTrue(training.run(parts, new TinyTraining.Recorder(Integer.MAX_VALUE)));
            assertEquals(TinyTraining.bits(whole), TinyTraining.bits(parts));
            assertEquals(held, Tensor.alive());
        }
        assertEquals(before, Tensor.alive());
    }

    private static TrainingPlan plan() {
        return new TrainingPlan(
                7, IMAGES, BATCH, EPOCHS, OptimizerSchedule.of(new WarmupCosine(0.01, 1, STEPS, 0.1)), Map.of());
    }

    private static ViewSource noise(int side) {
        return new ViewSource() {
            @Override
            public int size() {
                return IMAGES;
            }

            @Override
            public Batch batch(Scope scope, int epoch, int[] images) {
                int pixels = 3 * side * side;
                float[] views = new float[2 * images.length * pixels];
                for (int i = 0; i < 2 * images.length; i++) {
                    float[] view = StatelessRandom.of(3, "noise")
                            .at(epoch, images[i % images.length], i / images.length)
                            .uniformFloats(pixels, -1, 1);
                    System.arraycopy(view, 0, views, i * pixels, pixels);
                }
                return Batch.of(scope.floats(views, 2L * images.length, 3, side, side), images);
            }
        };
    }
}
