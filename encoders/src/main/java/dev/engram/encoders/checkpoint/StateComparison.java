package dev.engram.encoders.checkpoint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the tensors of two states differ, one by one. Sums are in double. Cost: one read of both; heap of two tensors at a time.
 *
 * @param tensors in the order of the first state, then what only the second has
 */
public record StateComparison(List<TensorComparison> tensors) {
    public StateComparison {
        tensors = List.copyOf(tensors);
    }

    /** What became of a tensor. */
    public enum Kind {
        /** Bit by bit. */
        EQUAL,
        DIFFERENT,
        /** Both have it, with different shapes or types. */
        RESHAPED,
        ONLY_FIRST,
        ONLY_SECOND
    }

    /**
     * One tensor a of the first state and b of the second, of equal names.
     *
     * @param firstShape empty where only the second has it, which {@code kind} tells from a scalar
     * @param real whether both are of floating point: a counter as {@code num_batches_tracked} is none of the weights
     * @param largest absolute difference of two values
     * @param firstSquares ‖a‖²
     * @param secondSquares ‖b‖²
     * @param differenceSquares ‖b - a‖²
     * @param product a · b
     */
    public record TensorComparison(
            String name,
            Kind kind,
            long[] firstShape,
            long[] secondShape,
            boolean real,
            double largest,
            double firstSquares,
            double secondSquares,
            double differenceSquares,
            double product) {
        /** ‖b - a‖ / ‖a‖; infinite if a is zero and b is not. */
        public double relativeDifference() {
            return relative(differenceSquares, firstSquares);
        }

        /** The cosine between both; 0 if one of them is zero. */
        public double cosine() {
            return cos(product, firstSquares, secondSquares);
        }
    }

    /** Compares what {@link WeightsFile} found in two files; states of one file are taken together. */
    public static StateComparison of(List<StoredState> first, List<StoredState> second) {
        Map<String, StoredTensor> a = tensors(first);
        Map<String, StoredTensor> b = tensors(second);
        List<TensorComparison> compared = new ArrayList<>();
        a.forEach((name, tensor) -> compared.add(
                b.containsKey(name) ? compare(tensor, b.get(name)) : alone(Kind.ONLY_FIRST, name, tensor.shape(), new long[0])));
        b.forEach((name, tensor) -> {
            if (!a.containsKey(name)) {
                compared.add(alone(Kind.ONLY_SECOND, name, new long[0], tensor.shape()));
            }
        });
        return new StateComparison(compared);
    }

    /** ‖b - a‖ / ‖a‖ of all tensors of floating point that can be compared, as if they were one. */
    public double relativeDifference() {
        return relative(sum(TensorComparison::differenceSquares), sum(TensorComparison::firstSquares));
    }

    /** The cosine between all tensors of floating point that can be compared, as if they were one. */
    public double cosine() {
        return cos(sum(TensorComparison::product), sum(TensorComparison::firstSquares), sum(TensorComparison::secondSquares));
    }

    public int count(Kind kind) {
        return (int) tensors.stream().filter(tensor -> tensor.kind() == kind).count();
    }

    private double sum(ToDoubleFunction<TensorComparison> value) {
        return tensors.stream().filter(TensorComparison::real).mapToDouble(value).sum();
    }

    private static TensorComparison compare(StoredTensor first, StoredTensor second) {
        if (first.type() != second.type() || !first.hasShape(second.shape())) {
            return alone(Kind.RESHAPED, first.name(), first.shape(), second.shape());
        }
        ByteBuffer a = first.read();
        ByteBuffer b = second.read();
        boolean equal = a.equals(b);
        double[] sums = new double[4];
        double largest = 0;
        while (a.hasRemaining()) {
            double x = value(a, first.type());
            double y = value(b, second.type());
            sums[0] += x * x;
            sums[1] += y * y;
            sums[2] += (y - x) * (y - x);
            sums[3] += x * y;
            largest = Math.max(largest, Math.abs(y - x));
        }
        return new TensorComparison(
                first.name(), equal ? Kind.EQUAL : Kind.DIFFERENT, first.shape(), second.shape(), real(first.type()), largest, sums[0], sums[1], sums[2], sums[3]);
    }

    private static double value(ByteBuffer bytes, StoredType type) {
        return switch (type.inMemory()) {
            case FLOAT32 -> bytes.getFloat();
            case FLOAT64 -> bytes.getDouble();
            case INT64 -> bytes.getLong();
            case INT32 -> bytes.getInt();
            case UINT8, BOOL -> Byte.toUnsignedInt(bytes.get());
        };
    }

    private static boolean real(StoredType type) {
        return switch (type.inMemory()) {
            case FLOAT32, FLOAT64 -> true;
            case INT64, INT32, UINT8, BOOL -> false;
        };
    }

    private static TensorComparison alone(Kind kind, String name, long[] firstShape, long[] secondShape) {
        return new TensorComparison(name, kind, firstShape, secondShape, false, 0, 0, 0, 0, 0);
    }

    private static double relative(double differenceSquares, double squares) {
        return differenceSquares == 0 ? 0 : Math.sqrt(differenceSquares / squares);
    }

    private static double cos(double product, double firstSquares, double secondSquares) {
        double norms = Math.sqrt(firstSquares) * Math.sqrt(secondSquares);
        return norms == 0 ? 0 : product / norms;
    }

    private static Map<String, StoredTensor> tensors(List<StoredState> states) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        states.forEach(state -> tensors.putAll(state.tensors()));
        return tensors;
    }
}
