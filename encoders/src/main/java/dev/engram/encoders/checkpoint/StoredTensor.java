package dev.engram.encoders.checkpoint;

import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import dev.engram.encoders.file.CorruptFileException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A tensor in a file that has not been read yet: what it is called, and where its elements are. May be a view with strides, and share its
 * storage with others. Valid until its {@link WeightsFile} is closed.
 */
public final class StoredTensor {
    private final String name;
    private final StoredType type;
    private final long offset;
    private final long[] shape;
    private final long[] strides;
    private final StoredBytes storage;

    /**
     * @param offset of the first element in its storage, in elements
     * @param strides in elements, not negative; one for each dimension
     * @param storage holds every element; who makes a tensor has checked that
     */
    StoredTensor(String name, StoredType type, long offset, long[] shape, long[] strides, StoredBytes storage) {
        this.name = name;
        this.type = type;
        this.offset = offset;
        this.shape = shape.clone();
        this.strides = strides.clone();
        this.storage = storage;
    }

    /** Its name in the file, without that of its container. */
    public String name() {
        return name;
    }

    public StoredType type() {
        return type;
    }

    public long[] shape() {
        return shape.clone();
    }

    public long elements() {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        return elements;
    }

    /** Whether it has this shape. */
    public boolean hasShape(long... other) {
        return Arrays.equals(shape, other);
    }

    /**
     * Reads the elements into a new tensor. Cost: no heap, but for elements that the file has compressed.
     *
     * @param scope owns the tensor
     * @throws CorruptFileException if the file's bytes are not what it says they are
     * @throws IllegalStateException if it has more than 2 GiB
     */
    public Tensor read(Scope scope) {
        requireSize();
        Tensor tensor = scope.zeros(type.inMemory(), shape);
        tensor.fill(this::copyTo);
        return tensor;
    }

    /** The elements, row-major and widened, in a new buffer of native order on the heap. At most 2 GiB. */
    public ByteBuffer read() {
        requireSize();
        ByteBuffer bytes = ByteBuffer.allocate((int) (elements() * type.inMemory().bytes())).order(ByteOrder.nativeOrder());
        copyTo(bytes);
        return bytes.flip();
    }

    @Override
    public String toString() {
        return name + " " + type + " " + Arrays.toString(shape);
    }

    private void requireSize() {
        if (elements() > Integer.MAX_VALUE / type.inMemory().bytes()) {
            throw new IllegalStateException("tensor %s of shape %s is larger than 2 GiB".formatted(name, Arrays.toString(shape)));
        }
    }

    private void copyTo(ByteBuffer target) {
        if (elements() == 0) {
            return;
        }
        MemorySegment source = storage.open();
        if (isContiguous() && !type.isWidened()) {
            target.put(source.asSlice(offset * type.bytes(), elements() * type.bytes()).asByteBuffer());
            return;
        }
        copyRow(source, 0, offset, target);
    }

    /** All elements below one index of the dimensions before {@code axis}. Tensors have few dimensions: see {@code TensorView}. */
    private void copyRow(MemorySegment source, int axis, long first, ByteBuffer target) {
        if (axis == shape.length) {
            type.copy(source, first * type.bytes(), target);
            return;
        }
        boolean innermost = axis == shape.length - 1;
        for (long i = 0; i < shape[axis]; i++) {
            long element = first + i * strides[axis];
            if (innermost) {
                type.copy(source, element * type.bytes(), target);
            } else {
                copyRow(source, axis + 1, element, target);
            }
        }
    }

    private boolean isContiguous() {
        long expected = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (shape[axis] != 1 && strides[axis] != expected) {
                return false;
            }
            expected *= shape[axis];
        }
        return true;
    }
}
