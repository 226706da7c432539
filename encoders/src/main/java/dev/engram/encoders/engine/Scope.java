package dev.engram.encoders.engine;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Owns native tensors and frees them all when it closes. One scope a step keeps native memory flat:
 *
 * <pre>{@code
 * try (Scope step = Scope.open()) {
 *     Tensor loss = program.run(step, images, parameters).tensor();
 * }
 * }</pre>
 *
 * <p>What shall live longer is moved out with {@link Tensor#moveTo(Scope)}. Safe for use by several threads.
 */
public final class Scope implements AutoCloseable {
    private final PtNDManager manager;
    private final TensorMemory memory;
    private final Set<Tensor> tensors = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Scope(PtNDManager manager, TensorMemory memory) {
        this.manager = manager;
        this.memory = memory;
    }

    /** A new, empty scope, whose tensors lie on the device of this process. */
    public static Scope open() {
        return new Scope(TorchEngine.newManager(), TorchEngine.memory());
    }

    /** A scope whose tensors are reached in a certain way. */
    static Scope over(TensorMemory memory) {
        return new Scope(TorchEngine.newManager(), memory);
    }

    /** A tensor of these values; their number must be the product of {@code shape}. No shape makes a scalar. */
    public Tensor floats(float[] values, long... shape) {
        return filled(ElementType.FLOAT32, values.length, shape, memory -> memory.asFloatBuffer().put(values));
    }

    /** A tensor of these values; their number must be the product of {@code shape}. No shape makes a scalar. */
    public Tensor doubles(double[] values, long... shape) {
        return filled(ElementType.FLOAT64, values.length, shape, memory -> memory.asDoubleBuffer().put(values));
    }

    /** A tensor of these values; their number must be the product of {@code shape}. No shape makes a scalar. */
    public Tensor longs(long[] values, long... shape) {
        return filled(ElementType.INT64, values.length, shape, memory -> memory.asLongBuffer().put(values));
    }

    /** A tensor of unsigned bytes; their number must be the product of {@code shape}. No shape makes a scalar. */
    public Tensor bytes(byte[] values, long... shape) {
        return filled(ElementType.UINT8, values.length, shape, memory -> memory.put(values));
    }

    /** A tensor of zeros. */
    public Tensor zeros(ElementType type, long... shape) {
        return adopt((PtNDArray) openManager().zeros(new Shape(shape), type.engineType()));
    }

    /**
     * A tensor over the memory of a buffer, without a copy: the remaining bytes of a direct or mapped buffer in native byte
     * order. The tensor keeps the buffer alive; a read-only mapping must not be written by a program. A heap buffer is
     * copied, and so is every buffer where tensors lie on a card; no program writes into a buffer then.
     *
     * @throws IllegalArgumentException if the remaining bytes are not exactly those of {@code shape}
     */
    public Tensor map(ByteBuffer buffer, ElementType type, long... shape) {
        long expected = Tensor.elements(shape) * type.bytes();
        if (buffer.remaining() != expected) {
            throw new IllegalArgumentException("A %s tensor of shape %s has %d bytes, the buffer %d"
                    .formatted(type, Tensor.describe(shape), expected, buffer.remaining()));
        }
        if (expected == 0 || !buffer.isDirect()) {
            Tensor copy = empty(type, shape);
            copy.fill(memory -> memory.put(buffer.duplicate()));
            return copy;
        }
        ByteBuffer data = buffer.slice().order(ByteOrder.nativeOrder());
        return adopt(memory.of(openManager(), data, new Shape(shape), type.engineType()));
    }

    /** Tensors that this scope owns. */
    public List<Tensor> tensors() {
        return List.copyOf(tensors);
    }

    /** Frees every tensor that this scope owns. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Tensor tensor : tensors) {
            tensor.close();
        }
        manager.close();
    }

    Tensor adopt(PtNDArray array) {
        Tensor tensor = new Tensor(array, this);
        tensors.add(tensor);
        return tensor;
    }

    void take(Tensor tensor, PtNDArray array) {
        array.attach(openManager());
        tensors.add(tensor);
    }

    void forget(Tensor tensor) {
        tensors.remove(tensor);
    }

    TensorMemory memory() {
        return memory;
    }

    PtNDManager openManager() {
        if (closed) {
            throw new IllegalStateException("The scope is closed");
        }
        return manager;
    }

    /** Memory of the engine, not of a direct buffer, which would live on until the garbage collector finds it. */
    private Tensor filled(ElementType type, int values, long[] shape, Tensor.BytesReader writer) {
        if (values != Tensor.elements(shape)) {
            throw new IllegalArgumentException(
                    "Shape %s holds %d values, given are %d".formatted(Tensor.describe(shape), Tensor.elements(shape), values));
        }
        Tensor tensor = empty(type, shape);
        tensor.fill(writer);
        return tensor;
    }

    private Tensor empty(ElementType type, long... shape) {
        return adopt(openManager().create(new Shape(shape), type.engineType()));
    }
}
