package dev.engram.encoders.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;

/** How Java reaches the elements of tensors. All are of at least one element, bytes are row-major and in native byte order. */
sealed interface TensorMemory permits HostMemory, DeviceMemory {
    /** Gives the reader the elements, valid only inside the reader. */
    void read(PtNDArray array, Tensor.BytesReader reader);

    /** Has the writer write all elements of a contiguous array; what it leaves out is undefined. */
    void fill(PtNDArray array, Tensor.BytesReader writer);

    /** An array of the elements in a direct buffer, which it may share and then keeps alive. */
    PtNDArray of(PtNDManager owner, ByteBuffer data, Shape shape, DataType type);
}
