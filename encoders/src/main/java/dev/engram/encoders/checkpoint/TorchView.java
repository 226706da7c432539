package dev.engram.encoders.checkpoint;

/**
 * A tensor as a pickle describes it: a view of a storage. Inside the storage; strides are not negative.
 *
 * @param type of its elements
 * @param offset of its first element in what is kept, in elements of {@code type}
 * @param shape at most {@value #MOST_DIMENSIONS} dimensions
 * @param strides in elements
 */
record TorchView(TorchStorage storage, StoredType type, long offset, long[] shape, long[] strides) {
    /** PyTorch's own limit. */
    static final int MOST_DIMENSIONS = 64;

    /** @throws IllegalArgumentException if it is no view of its storage */
    static TorchView of(TorchStorage storage, StoredType type, long offset, long[] shape, long[] strides) {
        if (shape.length != strides.length || shape.length > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "a tensor of %d dimensions with %d strides".formatted(shape.length, strides.length));
        }
        long available = storage.elements() * storage.elementBytes() / type.bytes();
        try {
            long last = offset;
            long elements = 1;
            for (int axis = 0; axis < shape.length; axis++) {
                if (shape[axis] < 0 || strides[axis] < 0) {
                    throw new IllegalArgumentException("a tensor with size %d and stride %d".formatted(shape[axis], strides[axis]));
                }
                elements = Math.multiplyExact(elements, shape[axis]);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, shape[axis] - 1), strides[axis]));
            }
            if (offset < 0 || elements > 0 && last >= available) {
                throw new IllegalArgumentException(
                        "a tensor reaches element %d of a storage of %d".formatted(last, available));
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a tensor of more elements than can be counted");
        }
        return new TorchView(storage, type, storage.first() + offset, shape, strides);
    }
}
