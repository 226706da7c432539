package dev.engram.encoders.objective;

import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramText;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Embeddings that src/test/oracle/objectives.py makes too: f(a·i + b·j + c) in row i, column j. */
final class Waves {
    static final int N = 4;
    static final int D = 3;

    private Waves() {}

    static double[] wave(DoubleUnaryOperator f, int n, int d, double a, double b, double c) {
        double[] values = new double[n * d];
        for (int k = 0; k < values.length; k++) {
            values[k] = f.applyAsDouble(a * (k / d) + b * (k % d) + c);
        }
        return values;
    }

    static double[] z1() {
        return wave(Math::sin, N, D, 0.7, 0.3, 0.1);
    }

    static double[] z2() {
        return wave(Math::cos, N, D, 0.5, -0.2, 0.05);
    }

    /** Teacher's embeddings of the first views, 0.5·z2 + 0.1. */
    static double[] t1() {
        return Arrays.stream(z2()).map(value -> 0.5 * value + 0.1).toArray();
    }

    /** Teacher's embeddings of the second views, 0.8·z1 − 0.2. */
    static double[] t2() {
        return Arrays.stream(z1()).map(value -> 0.8 * value - 0.2).toArray();
    }

    static double[] prototypes() {
        return wave(Math::sin, 5, D, 1.1, 0.9, 0.2);
    }

    /** Cosines between rows, {@code [N, K]}. */
    static String cosines(ProgramText text, String z, String prototypes) {
        return text.let("torch.matmul(%s, torch.t(%s))", UnitLength.of(text, z), UnitLength.of(text, prototypes));
    }

    static Tensor tensor(Scope scope, ElementType type, double[] values, long... shape) {
        if (type == ElementType.FLOAT64) {
            return scope.doubles(values, shape);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return scope.floats(floats, shape);
    }

    static double[] values(Tensor tensor) {
        if (tensor.type() == ElementType.FLOAT64) {
            return tensor.doubles();
        }
        float[] floats = tensor.floats();
        double[] values = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }
}
