package dev.engram.encoders.checkpoint;

import dev.engram.encoders.engine.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Element types of files, by the names of safetensors. Types the engine cannot hold are widened when read, which is exact:
 * half precision to FLOAT32, small integers to INT32, unsigned 32-bit ones to INT64.
 */
public enum StoredType {
    F64(8, ElementType.FLOAT64),
    I64(8, ElementType.INT64),
    F32(4, ElementType.FLOAT32),
    I32(4, ElementType.INT32),
    U32(4, ElementType.INT64),
    F16(2, ElementType.FLOAT32),
    BF16(2, ElementType.FLOAT32),
    I16(2, ElementType.INT32),
    U16(2, ElementType.INT32),
    I8(1, ElementType.INT32),
    U8(1, ElementType.UINT8),
    BOOL(1, ElementType.BOOL);

    private static final int BFLOAT16_SHIFT = 16;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;
    private final ElementType inMemory;

    StoredType(int bytes, ElementType inMemory) {
        this.bytes = bytes;
        this.inMemory = inMemory;
    }

    static Optional<StoredType> named(String name) {
        for (StoredType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    static StoredType of(ElementType type) {
        return switch (type) {
            case FLOAT32 -> F32;
            case FLOAT64 -> F64;
            case INT64 -> I64;
            case INT32 -> I32;
            case UINT8 -> U8;
            case BOOL -> BOOL;
        };
    }

    /** Bytes of one element in a file. */
    public int bytes() {
        return bytes;
    }

    /** The type of a tensor that is made of such elements. */
    public ElementType inMemory() {
        return inMemory;
    }

    /** Whether elements change their form when they are read. */
    public boolean isWidened() {
        return of(inMemory) != this;
    }

    /** Appends the little-endian element at a byte position of {@code source} to {@code target}, widened, in the target's order. */
    void copy(MemorySegment source, long position, ByteBuffer target) {
        switch (this) {
            case F64, I64 -> target.putLong(source.get(LONG, position));
            case F32, I32 -> target.putInt(source.get(INT, position));
            case U32 -> target.putLong(Integer.toUnsignedLong(source.get(INT, position)));
            case F16 -> target.putFloat(Float.float16ToFloat(source.get(SHORT, position)));
            case BF16 -> target.putFloat(Float.intBitsToFloat(source.get(SHORT, position) << BFLOAT16_SHIFT));
            case I16 -> target.putInt(source.get(SHORT, position));
            case U16 -> target.putInt(Short.toUnsignedInt(source.get(SHORT, position)));
            case I8 -> target.putInt(source.get(ValueLayout.JAVA_BYTE, position));
            case U8, BOOL -> target.put(source.get(ValueLayout.JAVA_BYTE, position));
        }
    }
}
