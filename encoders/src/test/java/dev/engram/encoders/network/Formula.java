package dev.engram.encoders.network;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.CRC32;

/** Values that src/test/oracle/networks.py makes too, so that no weights have to be committed. */
public final class Formula {
    private Formula() {}

    /** Values in [-1, 1) that depend on a name and their index alone; exact in float. */
    public static double[] noise(String name, int count) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            long x = (i + 1 + crc.getValue() * 1_000_003) * 0x9E3779B97F4A7C15L;
            x ^= x >>> 29;
            x *= 0xBF58476D1CE4E5B9L;
            x ^= x >>> 32;
            values[i] = (x >>> 40) * 0x1p-24 * 2 - 1;
        }
        return values;
    }

    /** Images in [-1, 1), {@code [n, 3, 32, 32]}. */
    public static Tensor images(Scope scope, int n, ElementType type) {
        return tensor(scope, noise("images", n * 3 * 32 * 32), type, n, 3, 32, 32);
    }

    /** A batch of inputs in [-1, 1), {@code [n, shape…]}. */
    public static Tensor inputs(Scope scope, ElementType type, int n, List<Long> shape) {
        long[] all = LongStream.concat(LongStream.of(n), shape.stream().mapToLong(Long::longValue)).toArray();
        return tensor(scope, noise("images", Math.toIntExact(LongStream.of(all).reduce(1, Math::multiplyExact))), type, all);
    }

    /** The same values as doubles. */
    public static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** A network's state, in FLOAT32 or FLOAT64. */
    public static StateDict state(StateLayout layout, ElementType type) {
        StateDict state = new StateDict();
        try (Scope scope = Scope.open()) {
            for (StateSpec spec : layout.state()) {
                long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
                state.put(spec.name(), spec.type() == ElementType.INT64
                        ? scope.zeros(ElementType.INT64, shape)
                        : tensor(scope, values(spec), type, shape));
            }
        }
        return state;
    }

    private static double[] values(StateSpec spec) {
        double[] values = noise(spec.name(), (int) spec.elements());
        String last = spec.name().substring(spec.name().lastIndexOf('.') + 1);
        boolean matrix = spec.shape().size() > 1;
        double fanIn = matrix ? (double) spec.elements() / spec.shape().getFirst() : 1;
        for (int i = 0; i < values.length; i++) {
            double u = values[i];
            double value = switch (last) {
                case "weight" -> matrix ? u * Math.sqrt(6 / fanIn) : 1 + 0.25 * u;
                case "weight_g" -> 1 + 0.25 * u;
                case "running_var" -> 1 + 0.5 * u;
                default -> 0.1 * u;
            };
            values[i] = (float) value;
        }
        return values;
    }

    /** A tensor of these values. */
    public static Tensor tensor(Scope scope, double[] values, ElementType type, long... shape) {
        if (type == ElementType.FLOAT64) {
            return scope.doubles(values, shape);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return scope.floats(floats, shape);
    }
}
