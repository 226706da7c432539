package dev.engram.encoders.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;

/** Tensors in this machine's memory: Java sees their very bytes, nothing is copied. */
record HostMemory() implements TensorMemory {
    @Override
    public void read(PtNDArray array, Tensor.BytesReader reader) {
        try (PtNDManager temporary = TorchEngine.newManager()) {
            reader.read(JniUtils.getByteBuffer(NativeCalls.contiguous(array, temporary), true));
        }
    }

    @Override
    public void fill(PtNDArray array, Tensor.BytesReader writer) {
        read(array, writer);
    }

    @Override
    public PtNDArray of(PtNDManager owner, ByteBuffer data, Shape shape, DataType type) {
        return (PtNDArray) owner.create(data, shape, type);
    }
}
