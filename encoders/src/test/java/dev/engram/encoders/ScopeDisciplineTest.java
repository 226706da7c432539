package dev.engram.encoders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.augment.AugmentationRecipe;
import dev.engram.encoders.augment.AugmentedViews;
import dev.engram.encoders.augment.Normalization;
import dev.engram.encoders.augment.PlainInput;
import dev.engram.encoders.checkpoint.SafetensorsReader;
import dev.engram.encoders.checkpoint.SafetensorsWriter;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.data.ImageSet;
import dev.engram.encoders.data.ImageSetBuilder;
import dev.engram.encoders.data.ImageShape;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.engine.TorchProgram;
import dev.engram.encoders.features.ImageFeatures;
import dev.engram.encoders.method.JointEmbedding;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.encoders.network.PositionGrid;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.Projector;
import dev.engram.encoders.network.ResNet;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.network.Tap;
import dev.engram.encoders.network.TapRequest;
import dev.engram.encoders.objective.ObjectiveGradient;
import dev.engram.encoders.objective.SimClr;
import dev.engram.encoders.optim.Adam;
import dev.engram.encoders.optim.Lars;
import dev.engram.encoders.optim.Optimizer;
import dev.engram.encoders.optim.Sgd;
import dev.engram.encoders.train.Batch;
import dev.engram.encoders.train.TrainingState;
import dev.engram.encoders.train.TrainingStep;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For every algorithm that touches native memory: nothing outlives its scope, neither when it works nor when it throws. */
class ScopeDisciplineTest {
    private static final ProjectedEncoder NETWORK = new ProjectedEncoder(ResNet9.encoder(), Projector.of(8, 4));

    /**
     * One algorithm.
     *
     * @param works runs it well
     * @param throwing runs it so that it throws in the middle
     */
    record Algorithm(String name, Executable works, Executable throwing) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Algorithm> algorithms() {
        return Stream.of(
                new Algorithm("program", () -> program(3), () -> program(2)),
                new Algorithm("initial state of ResNet-9", () -> StateLayout.of(NETWORK).initialState(1).close(),
                        () -> StateLayout.of(ResNet9.encoder(3, 28)).initialState(1)),
                new Algorithm("evaluation of ResNet-9", () -> evaluation(ResNet9.encoder(), 3),
                        () -> evaluation(ResNet9.encoder(), 4)),
                new Algorithm("evaluation of ResNet-18", () -> evaluation(ResNet.resnet18(), 3),
                        () -> evaluation(ResNet.resnet18(), 4)),
                new Algorithm("evaluation of ViT-Tiny", () -> evaluation(Networks.encoder("vit_tiny", 3, 32), 3),
                        () -> evaluation(Networks.encoder("vit_tiny", 3, 32), 4)),
                new Algorithm("resampled positions", () -> positions(4), () -> positions(5)),
                new Algorithm("gradient of SimCLR", () -> gradient(4), () -> gradient(5)),
                new Algorithm("step of Adam", () -> step(Adam.of(1e-6), 3), () -> step(Adam.of(1e-6), 4)),
                new Algorithm("step of AdamW", () -> step(Adam.decoupled(0.1), 3), () -> step(Adam.decoupled(0.1), 4)),
                new Algorithm("step of LARS", () -> step(Lars.of(1e-6), 3), () -> step(Lars.of(1e-6), 4)),
                new Algorithm("step of SGD", () -> step(new Sgd(0.9, 1e-4), 3), () -> step(new Sgd(0.9, 1e-4), 4)),
                new Algorithm("safetensors", () -> safetensors(0), () -> safetensors(1)),
                new Algorithm("augmented views", () -> views(1), () -> views(99)),
                new Algorithm("plain input", () -> plain(1), () -> plain(99)),
                new Algorithm("features", () -> features(1), () -> features(99)));
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void nothingOutlivesItsScope(Algorithm algorithm) throws Throwable {
        long before = Tensor.alive();
        algorithm.works().execute();
        assertEquals(before, Tensor.alive(), "after " + algorithm + " worked");
        assertThrows(RuntimeException.class, algorithm.throwing());
        assertEquals(before, Tensor.alive(), "after " + algorithm + " threw");
    }

    private static void program(int width) {
        String text = """
                def forward(self, xs: List[Tensor]) -> Tuple[List[Tensor], Tensor]:
                  y = torch.relu(xs[0])
                  return ([y, xs[1]], torch.matmul(y, xs[1]))
                """;
        try (TorchProgram program = TorchProgram.compile(text);
                Scope scope = Scope.open()) {
            program.run(scope, List.of(
                    scope.zeros(ElementType.FLOAT32, 2, width), scope.zeros(ElementType.FLOAT32, 3, 2)));
        }
    }

    private static void evaluation(Network network, int channels) {
        List<TapRequest> taps = StateLayout.of(network).taps().stream().map(Tap::path).map(TapRequest::mean).toList();
        try (Evaluation forward = Evaluation.of(network, taps);
                StateDict state = forward.layout().initialState(1);
                Scope scope = Scope.open()) {
            forward.run(scope, state, scope.zeros(ElementType.FLOAT32, 1, channels, 32, 32));
        }
    }

    private static void positions(int side) {
        try (Scope scope = Scope.open()) {
            PositionGrid.resized(scope, scope.zeros(ElementType.FLOAT32, 1, 17, 6), 1, side, 7, true);
        }
    }

    private static void gradient(int width) {
        try (ObjectiveGradient objective = new ObjectiveGradient(new SimClr(0.5));
                Scope scope = Scope.open()) {
            objective.at(scope, scope.zeros(ElementType.FLOAT32, 3, 4), scope.zeros(ElementType.FLOAT32, 3, width));
        }
    }

    private static void step(Optimizer optimizer, int channels) {
        try (TrainingStep step = TrainingStep.of(new JointEmbedding(NETWORK, new SimClr(0.5)), optimizer, true);
                TrainingState state = step.initialState(1);
                Scope scope = Scope.open()) {
            step.run(state, Batch.of(scope.zeros(ElementType.FLOAT32, 4, channels, 32, 32), new int[] {0, 1}),
                    0.1, Map.of("m", 0.9));
        }
    }

    private static void safetensors(int cut) throws Exception {
        try (StateDict state = StateLayout.of(NETWORK).initialState(1)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SafetensorsWriter.write(out, state, Map.of());
            byte[] file = Arrays.copyOf(out.toByteArray(), out.size() - cut);
            SafetensorsReader.read("x", new ByteArrayInputStream(file), out.size()).state().close();
        }
    }

    private static void views(int image) {
        try (AugmentedViews views = new AugmentedViews(images(), AugmentationRecipe.named("simclr-normal"), 32, 1, "train");
                Scope scope = Scope.open()) {
            views.views(scope, new int[] {0, image}, 0, 0, 2);
        }
    }

    private static void plain(int image) {
        try (PlainInput input = new PlainInput(Normalization.HALF, 32);
                Scope scope = Scope.open()) {
            input.whole(scope, images(), new int[] {0, image});
        }
    }

    private static void features(int image) {
        try (StateDict state = StateLayout.of(NETWORK).initialState(1);
                ImageFeatures features = new ImageFeatures(NETWORK, state, Normalization.HALF)) {
            features.whole(images(), new int[] {0, image}, batch -> {});
        }
    }

    private static ImageSet images() {
        ImageSetBuilder builder = new ImageSetBuilder("grey", new ImageShape(3, 32, 32), List.of("none"), 3);
        for (int i = 0; i < 3; i++) {
            byte[] image = new byte[3 * 32 * 32];
            Arrays.fill(image, (byte) (80 * i));
            builder.add(image, 0);
        }
        return builder.build();
    }
}
