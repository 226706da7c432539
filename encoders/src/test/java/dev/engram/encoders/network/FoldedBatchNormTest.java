package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.random.StatelessRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedBatchNormTest {
    @Test
    void aPairBecomesOneConvolution() {
        assertEquals("""
                  s_v1 = torch.mul(p[1], torch.rsqrt(torch.add(b[1], 1e-05)))
                  w_v1 = torch.mul(p[0], torch.reshape(s_v1, [-1, 1, 1, 1]))
                  b_v1 = torch.addcmul(p[2], torch.neg(b[0]), s_v1)
                  v1 = torch.conv2d(v7, w_v1, b_v1, [1, 1], [0, 0], [1, 1], 1)
                  v2 = torch.relu_(v1)
                """, FoldedBatchNorm.in("""
                  v0 = torch.conv2d(v7, p[0], None, [1, 1], [0, 0], [1, 1], 1)
                  v1 = torch.batch_norm(v0, p[1], p[2], b[0], b[1], False, 0.1, 1e-05, True)
                  v2 = torch.relu_(v1)
                """));
    }

    @Test
    void aConvolutionThatIsReadAndATrainingPassStay() {
        String read = """
                  v0 = torch.conv2d(v7, p[0], None, [1, 1], [0, 0], [1, 1], 1)
                  v1 = torch.batch_norm(v0, p[1], p[2], b[0], b[1], False, 0.1, 1e-05, True)
                  v2 = torch.mean(v0, [2, 3], False)
                """;
        assertEquals(read, FoldedBatchNorm.in(read));
        String training = read.replace("False, 0.1", "True, 0.1").replace("mean(v0", "mean(v1");
        assertEquals(training, FoldedBatchNorm.in(training));
    }

    /** With statistics and weights far from 0 and 1, also negative ones and variances near 0; 64 images are enough for {@link Winograd}. */
    @ParameterizedTest
    @CsvSource({"resnet9, 4", "resnet18, 64", "resnet20, 4", "vgg11_bn, 4"})
    void changesNoOutputByMoreThanRounding(String name, int count) {
        Network network = Networks.encoder(name, 3, 32);
        try (Evaluation folded = Evaluation.folded(network);
                Evaluation plain = Evaluation.of(network);
                StateDict state = spread(StateLayout.of(network));
                Scope scope = Scope.open()) {
            float[] pixels = StatelessRandom.of(1, "fold").at(0, 0, 0).uniformFloats(count * 3 * 32 * 32, -2, 2);
            Tensor images = scope.floats(pixels, count, 3, 32, 32);
            assertNear(plain.run(scope, state, images).output(), folded.run(scope, state, images).output());
        }
    }

    private static void assertNear(Tensor expected, Tensor actual) {
        float[] e = expected.floats();
        float[] a = actual.floats();
        double scale = 0;
        double error = 0;
        for (int i = 0; i < e.length; i++) {
            scale = Math.max(scale, Math.abs(e[i]));
            error = Math.max(error, Math.abs(e[i] - a[i]));
        }
        assertTrue(scale > 1e-3, "the network gives nothing");
        assertTrue(error <= 1e-5 * scale, error + " of " + scale);
    }

    private static StateDict spread(StateLayout layout) {
        StateDict state = layout.initialState(1);
        for (Map.Entry<String, Tensor> entry : state.tensors().entrySet()) {
            String name = entry.getKey();
            String last = name.substring(name.lastIndexOf('.') + 1);
            boolean statistic = last.startsWith("running_");
            if (!statistic && entry.getValue().shape().length != 1 || last.startsWith("num_")) {
                continue;
            }
            double from = last.equals("running_var") ? 0.3 : -1;
            float[] values = StatelessRandom.of(2, name)
                    .at(0, 0, 0)
                    .uniformFloats(Math.toIntExact(entry.getValue().elements()), (float) from, 1.5f);
            entry.getValue().fill(memory -> memory.asFloatBuffer().put(values));
        }
        return state;
    }
}
