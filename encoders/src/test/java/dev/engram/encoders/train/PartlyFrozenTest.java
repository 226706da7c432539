package dev.engram.encoders.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.method.SupervisedTraining;
import dev.engram.encoders.network.Evaluation;
import dev.engram.encoders.network.Formula;
import dev.engram.encoders.network.Mode;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.NoHead;
import dev.engram.encoders.network.PartlyFrozen;
import dev.engram.encoders.network.ProjectedEncoder;
import dev.engram.encoders.network.ResNet9;
import dev.engram.encoders.network.StateLayout;
import dev.engram.encoders.objective.CrossEntropy;
import dev.engram.encoders.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartlyFrozenTest {
    private static final int CLASSES = 3;
    private static final Set<String> LAYER = Set.of("layer2.conv.weight", "layer2.conv.bias");
    private static final double RATE = 0.1;

    /** With the batch's statistics the gradient of a layer is the same whether others are frozen or not. */
    @Test
    void oneStepMovesTheLayerAsOrdinaryTrainingDoes() {
        StateDict whole = afterOneStep(ResNet9.encoder()).state();
        StateDict part = afterOneStep(new PartlyFrozen(ResNet9.encoder(), LAYER, Mode.TRAINING)).state();
        try (whole;
                part;
                StateDict before = begin()) {
            for (String name : part.names()) {
                boolean trained = LAYER.contains(name) || name.startsWith("heads.");
                boolean statistic = name.contains("running_") || name.endsWith("num_batches_tracked");
                if (trained) {
                    assertArrayEquals(whole.get(name).floats(), part.get(name).floats(), 1e-6f, name);
                } else if (!statistic) {
                    assertArrayEquals(before.get(name).bytes(), part.get(name).bytes(), name + " is frozen");
                }
            }
            assertFalse(Arrays.equals(before.get("layer2.conv.weight").floats(), part.get("layer2.conv.weight").floats()));
        }
    }

    @Test
    void withRunningStatisticsTheLossIsThatOfMeasuringAndNoBufferMoves() {
        Stepped stepped = afterOneStep(new PartlyFrozen(ResNet9.encoder(), LAYER, Mode.EVALUATION));
        try (StateDict after = stepped.state();
                StateDict before = begin();
                Evaluation forward = Evaluation.of(ResNet9.encoder());
                Scope scope = Scope.open()) {
            for (String name : StateLayout.of(ResNet9.encoder()).buffers()) {
                assertArrayEquals(before.get(name).bytes(), after.get(name).bytes(), name);
            }
            float[] features = forward.run(scope, before, Formula.images(scope, 4, ElementType.FLOAT32)).output().floats();
            float[] weight = stepped.head().getFirst();
            float[] bias = stepped.head().getLast();
            double loss = 0;
            for (int image = 0; image < 4; image++) {
                double[] logits = new double[CLASSES];
                double sum = 0;
                for (int c = 0; c < CLASSES; c++) {
                    logits[c] = bias[c];
                    for (int i = 0; i < 256; i++) {
                        logits[c] += weight[c * 256 + i] * features[image * 256 + i];
                    }
                    sum += Math.exp(logits[c]);
                }
                loss += (Math.log(sum) - logits[image % CLASSES]) / 4;
            }
            assertEquals(loss, stepped.loss(), 1e-4);
        }
    }

    @Test
    void aNetworkWithNothingToTrainServesItsHead() {
        try (StateDict after = afterOneStep(new PartlyFrozen(ResNet9.encoder(), Set.of(), Mode.EVALUATION)).state();
                StateDict before = begin()) {
            StateLayout.of(ResNet9.encoder()).state()
                    .forEach(tensor -> assertArrayEquals(before.get(tensor.name()).bytes(), after.get(tensor.name()).bytes(), tensor.name()));
        }
    }

    @Test
    void unknownParametersAreNamed() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new PartlyFrozen(ResNet9.encoder(), Set.of("prep.batch.running_mean", "x"), Mode.TRAINING))
                .getMessage();
        assertTrue(message.contains("prep.batch.running_mean, x"), message);
    }

    /** @param head weight and bias before the step */
    private record Stepped(StateDict state, double loss, List<float[]> head) {}

    private static StateDict begin() {
        return Formula.state(StateLayout.of(ResNet9.encoder()), ElementType.FLOAT32);
    }

    private static Stepped afterOneStep(Network network) {
        SupervisedTraining method = new SupervisedTraining(new ProjectedEncoder(network, new NoHead()), CLASSES, 1, new CrossEntropy(0));
        try (TrainingStep step = TrainingStep.of(method, new Sgd(0, 0), false);
                TrainingState state = step.initialState(1);
                StateDict begin = begin();
                Scope scope = Scope.open()) {
            begin.tensors().forEach((name, tensor) -> state.model().putCopy(name, tensor));
            List<float[]> head = List.of(
                    state.model().get("heads.classifier.0.weight").floats(), state.model().get("heads.classifier.0.bias").floats());
            Tensor images = Formula.images(scope, 4, ElementType.FLOAT32);
            Batch batch = new Batch(List.of(images), Optional.of(scope.longs(new long[] {0, 1, 2, 0}, 4)), new int[] {0, 1, 2, 3});
            double loss = step.run(state, batch, RATE, Map.of()).loss();
            return new Stepped(state.model().copy(), loss, head);
        }
    }
}
