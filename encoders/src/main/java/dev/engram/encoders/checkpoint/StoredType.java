package dev.engram.encoders.checkpoint;

import dev.engram.encoders.engine.ElementType;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Element types of a safetensors file. Half precision is widened to FLOAT32 when read, which is exact. */
enum StoredType {
    F64(8, ElementType.FLOAT64),
    I64(8, ElementType.INT64),
    F32(4, ElementType.FLOAT32),
    I32(4, ElementType.INT32),
    F16(2, ElementType.FLOAT32),
    BF16(2, ElementType.FLOAT32),
    U8(1, ElementType.UINT8),
    BOOL(1, ElementType.BOOL);

    private static final int BFLOAT16_SHIFT = 16;

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

    int bytes() {
        return bytes;
    }

    ElementType inMemory() {
        return inMemory;
    }

    boolean isHalf() {
        return this == F16 || this == BF16;
    }

    /** Widens the remaining halves of {@code stored} into {@code floats}. */
    void widen(ByteBuffer stored, ByteBuffer floats) {
        while (stored.hasRemaining()) {
            short half = stored.getShort();
            floats.putFloat(this == F16 ? Float.float16ToFloat(half) : Float.intBitsToFloat(half << BFLOAT16_SHIFT));
        }
    }
}
