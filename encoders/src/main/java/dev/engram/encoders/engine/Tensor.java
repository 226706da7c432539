package dev.engram.encoders.engine;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A native tensor, owned by a {@link Scope} that frees it. Java sees its shape and bytes; computing is done by programs
 * ({@link TorchProgram}).
 *
 * <p>Every method throws {@link IllegalStateException} once the tensor is freed.
 */
public final class Tensor implements AutoCloseable {
    private static final AtomicLong ALIVE = new AtomicLong();

    private final PtNDArray array;
    private final AtomicBoolean freed = new AtomicBoolean();
    private volatile Scope owner;

    Tensor(PtNDArray array, Scope owner) {
        this.array = array;
        this.owner = owner;
        ALIVE.incrementAndGet();
    }

    /** Tensors alive in this process: what a test compares before and after. */
    public static long alive() {
        return ALIVE.get();
    }

    /** Sizes of the dimensions, empty for a scalar. */
    public long[] shape() {
        return array().getShape().getShape();
    }

    /** Size of dimension {@code axis}. */
    public long size(int axis) {
        return shape()[axis];
    }

    /** Number of elements. */
    public long elements() {
        return elements(shape());
    }

    public ElementType type() {
        return ElementType.of(array().getDataType());
    }

    /** The values in row-major order, of a FLOAT32 tensor. */
    public float[] floats() {
        float[] values = new float[Math.toIntExact(expect(ElementType.FLOAT32))];
        withBytes(bytes -> bytes.asFloatBuffer().get(values));
        return values;
    }

    /** The values in row-major order, of a FLOAT64 tensor. */
    public double[] doubles() {
        double[] values = new double[Math.toIntExact(expect(ElementType.FLOAT64))];
        withBytes(bytes -> bytes.asDoubleBuffer().get(values));
        return values;
    }

    /** The values in row-major order, of an INT64 tensor. */
    public long[] longs() {
        long[] values = new long[Math.toIntExact(expect(ElementType.INT64))];
        withBytes(bytes -> bytes.asLongBuffer().get(values));
        return values;
    }

    /** The values in row-major order, of an INT32 tensor. */
    public int[] ints() {
        int[] values = new int[Math.toIntExact(expect(ElementType.INT32))];
        withBytes(bytes -> bytes.asIntBuffer().get(values));
        return values;
    }

    /** The raw elements in row-major order and native byte order, of any type. */
    public byte[] bytes() {
        byte[] values = new byte[Math.toIntExact(elements() * type().bytes())];
        withBytes(bytes -> bytes.get(values));
        return values;
    }

    /** The only element, of any type but BOOL, as a double. */
    public double item() {
        if (elements() != 1) {
            throw new IllegalStateException("A tensor of shape " + describe(shape()) + " is not a single value");
        }
        double[] value = new double[1];
        ElementType type = type();
        withBytes(bytes -> value[0] = switch (type) {
            case FLOAT32 -> bytes.getFloat();
            case FLOAT64 -> bytes.getDouble();
            case INT64 -> bytes.getLong();
            case INT32 -> bytes.getInt();
            case UINT8, BOOL -> Byte.toUnsignedInt(bytes.get());
        });
        return value[0];
    }

    /**
     * Gives the reader a view of the elements: row-major, native byte order, no copy where the tensor is contiguous and lies in this
     * machine's memory. The view is valid only inside the reader. At most 2 GiB.
     */
    public void withBytes(BytesReader reader) {
        if (elements() == 0) {
            reader.read(ByteBuffer.allocate(0));
            return;
        }
        owner.memory().read(array(), reader);
    }

    /** Writes into the elements, row-major and in native byte order; the remaining bytes must be exactly the tensor's. */
    public void write(ByteBuffer source) {
        long expected = elements() * type().bytes();
        if (source.remaining() != expected) {
            throw new IllegalArgumentException("A %s tensor of shape %s has %d bytes, the buffer %d"
                    .formatted(type(), describe(shape()), expected, source.remaining()));
        }
        fill(bytes -> bytes.put(source.duplicate()));
    }

    /** Gives the writer memory to write all elements into, as {@link #write} does. At most 2 GiB. */
    public void fill(BytesReader writer) {
        if (!NativeCalls.isContiguous(array())) {
            throw new IllegalStateException("Only a contiguous tensor can be written");
        }
        if (elements() == 0) {
            writer.read(ByteBuffer.allocate(0));
            return;
        }
        owner.memory().fill(array(), writer);
    }

    /** Gives this tensor to another scope, which frees it from then on. Returns this tensor. */
    public Tensor moveTo(Scope scope) {
        PtNDArray owned = array();
        owner.forget(this);
        scope.take(this, owned);
        owner = scope;
        return this;
    }

    /** A copy of this tensor's elements in another scope. */
    public Tensor copyTo(Scope scope) {
        PtNDArray copy = JniUtils.clone(array());
        copy.attach(scope.openManager());
        return scope.adopt(copy);
    }

    /** Frees the tensor before its scope does. Closing twice does nothing. */
    @Override
    public void close() {
        if (freed.getAndSet(true)) {
            return;
        }
        ALIVE.decrementAndGet();
        owner.forget(this);
        array.close();
    }

    @Override
    public String toString() {
        return freed.get() ? "Tensor(freed)" : "Tensor(" + type() + " " + describe(shape()) + ")";
    }

    /** Reads the elements of a tensor. */
    @FunctionalInterface
    public interface BytesReader {
        void read(ByteBuffer bytes);
    }

    PtNDArray array() {
        if (freed.get()) {
            throw new IllegalStateException("The tensor is freed: its scope is closed");
        }
        return array;
    }

    static long elements(long[] shape) {
        long elements = 1;
        for (long size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        return elements;
    }

    static String describe(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private long expect(ElementType type) {
        if (type() != type) {
            throw new IllegalStateException("The tensor's element type is " + type() + ", not " + type);
        }
        return elements();
    }
}
