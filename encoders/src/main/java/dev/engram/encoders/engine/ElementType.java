package dev.engram.encoders.engine;

import ai.djl.ndarray.types.DataType;

/** Type of a tensor's elements. Other types (half, bfloat16) live inside programs only: {@code torch.to(x, 15)}. */
public enum ElementType {
    FLOAT32(DataType.FLOAT32, 4, 6),
    FLOAT64(DataType.FLOAT64, 8, 7),
    INT64(DataType.INT64, 8, 4),
    INT32(DataType.INT32, 4, 3),
    UINT8(DataType.UINT8, 1, 0),
    BOOL(DataType.BOOLEAN, 1, 11);

    private final DataType engineType;
    private final int bytes;
    private final int scalarType;

    ElementType(DataType engineType, int bytes, int scalarType) {
        this.engineType = engineType;
        this.bytes = bytes;
        this.scalarType = scalarType;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** The number that names this type in program text, as in {@code torch.to(x, 6)}. */
    public int scalarType() {
        return scalarType;
    }

    DataType engineType() {
        return engineType;
    }

    static ElementType of(DataType engineType) {
        for (ElementType type : values()) {
            if (type.engineType == engineType) {
                return type;
            }
        }
        throw new EngineException(
                "Tensor of element type " + engineType + " cannot leave its program: cast it there, as in torch.to(x, 6)");
    }
}
